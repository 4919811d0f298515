import { describe, expect, it } from "vitest";
import { type Delivery, deliveriesOf } from "./delivery";
import type { SpanFacts } from "./map-span";

const limits = { calls: 1_000, spans: 2_000 };
const occurredAt = new Date("2026-11-20T12:00:00Z");
type Given = Pick<SpanFacts, "spanId"> & Partial<SpanFacts>;

function facts({ traceId = "t", parentSpanId = null, kind = "call", tags = {}, ...given }: Given): SpanFacts {
  const id = `otel:${traceId}:${given.spanId}`;
  const call = { id, occurredAt: occurredAt.toISOString(), model: "m", runId: traceId };
  return {
    traceId,
    parentSpanId,
    kind,
    tags,
    occurredAt,
    leftOut: [],
    call: kind === "link" ? null : call,
    ...given,
  };
}
const essence = ({ calls, spans }: Delivery) => ({
  calls: calls.map(({ id, feature, userId, prompt }) => ({ [id]: { feature, userId, prompt } })),
  spans: spans.map(({ spanId, callId }) => ({ [spanId]: callId })),
});
const deliver = (...given: Given[]) => deliveriesOf(given.map(facts), limits).map(essence);

describe("deliveriesOf", () => {
  it("has nothing to deliver of nothing", () => expect(deliver()).toEqual([]));

  it("needs no span for a call that came alone", () => {
    expect(deliver({ spanId: "a", tags: { feature: "f" } })).toEqual([
      { calls: [{ "otel:t:a": { feature: "f" } }], spans: [] },
    ]);
  });

  it("keeps the span of a call whose parent may come later", () => {
    expect(deliver({ spanId: "a", parentSpanId: "p" })).toEqual([
      { calls: [{ "otel:t:a": {} }], spans: [{ a: "otel:t:a" }] },
    ]);
  });

  it("delivers an agent's calls under its tags, and the agent itself as no call", () => {
    const tags = { feature: "agent", promptId: "p", promptVersion: "2" };
    expect(
      deliver({ spanId: "chat", parentSpanId: "step", tags: { userId: "u" } }, { spanId: "step", parentSpanId: "root", kind: "link" }, { spanId: "root", kind: "sum", tags }),
    ).toEqual([
      { calls: [{ "otel:t:chat": { userId: "u", feature: "agent", prompt: { id: "p", version: "2" } } }], spans: [{ chat: "otel:t:chat" }, { step: null }, { root: null }] },
    ]); // prettier-ignore
  });

  it("counts a sum as long as nothing below it does", () => {
    expect(deliver({ spanId: "root", kind: "sum" }, { spanId: "tool", parentSpanId: "root", kind: "link" })).toEqual([
      { calls: [{ "otel:t:root": {} }], spans: [{ root: "otel:t:root" }, { tool: null }] },
    ]); // prettier-ignore
    expect(deliver({ spanId: "root", kind: "sum" })).toEqual([
      { calls: [{ "otel:t:root": {} }], spans: [{ root: "otel:t:root" }] },
    ]);
  });

  it("tells one span of a provider around another apart by its usage (AI SDK 7's embeddings)", () => {
    expect(deliver({ spanId: "outer", kind: "sum" }, { spanId: "inner", parentSpanId: "outer" })).toEqual([
      { calls: [{ "otel:t:inner": {} }], spans: [{ outer: null }, { inner: "otel:t:inner" }] },
    ]);
  });

  it("forgets roots that have nothing to give, keeps those that have", () => {
    expect(deliver({ spanId: "http", kind: "link" })).toEqual([]);
    expect(deliver({ spanId: "http", kind: "link", tags: { route: "/x" } })).toEqual([
      { calls: [], spans: [{ http: null }] },
    ]);
  });

  it("keeps traces apart", () => {
    expect(deliver({ spanId: "a", kind: "link", tags: { team: "one" } }, { traceId: "u", spanId: "b", parentSpanId: "a" })).toEqual([
      { calls: [{ "otel:u:b": {} }], spans: [{ a: null }, { b: "otel:u:b" }] },
    ]); // prettier-ignore
  });

  it("cuts a large request into portions, each call with its span", () => {
    const many = Array.from({ length: 2_500 }, (_, n) => facts({ spanId: `s${n}`, parentSpanId: "root" }));
    const deliveries = deliveriesOf(many, limits);
    expect(deliveries.map(({ calls, spans }) => [calls.length, spans.length])).toEqual([[1000, 1000], [1000, 1000], [500, 500]]); // prettier-ignore
    for (const { calls, spans } of deliveries)
      expect(spans.map(({ callId }) => callId)).toEqual(calls.map(({ id }) => id));
    const links = Array.from({ length: 4_100 }, (_, n) =>
      facts({ spanId: `s${n}`, parentSpanId: "r", kind: "link" }),
    );
    expect(deliveriesOf(links, limits).map(({ spans }) => spans.length)).toEqual([2000, 2000, 100]);
  });
});
