import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import type { SpanTags, TraceSpan } from "@/server/traces/schemas";
import { asAdmin, contextOf, ingestKey, loadPrices, makeTenant, system } from "@/tests/factories/tenant";
import { recordCalls } from "./record";
import { settleCalls } from "./settle";

const now = new Date("2026-11-20T12:00:00Z");
const occurredAt = new Date("2026-11-20T11:00:00Z");

/** A span and the call that it is, as the OTLP door hands them in. */
interface Sent {
  span: TraceSpan;
  call: Record<string, unknown> | null;
}

function span(
  spanId: string,
  parentSpanId: string | null,
  kind: TraceSpan["kind"],
  tags: SpanTags = {},
  more = {},
): Sent {
  const callId = kind === "link" ? null : `otel:t1:${spanId}`;
  const { promptId, promptVersion, ...plain } = tags;
  const call = {
    id: callId, occurredAt: occurredAt.toISOString(), provider: "openai", model: "gpt-4o", ...plain,
    ...(promptId !== undefined && { prompt: { id: promptId, ...(promptVersion !== undefined && { version: promptVersion }) } }),
    usage: { inputTokens: 1_000, outputTokens: 100 }, ...more,
  }; // prettier-ignore
  return {
    span: {
      traceId: "t1",
      spanId,
      parentSpanId,
      kind,
      callId,
      occurredAt: callId === null ? null : occurredAt,
      tags,
    },
    call: callId === null ? null : call,
  };
}

async function send(tenant: Tenant, sent: readonly Sent[]) {
  const calls = sent.flatMap(({ call }) => call ?? []);
  return recordCalls(
    contextOf(tenant, ingestKey, now),
    { calls },
    { source: "otlp", traces: { spans: sent.map((one) => one.span), loneTraceIds: [] } },
  );
}
const settle = (tenant: Tenant) => settleCalls(contextOf(tenant, system, now));
const ledger = (tenant: Tenant) =>
  asAdmin(
    `SELECT call_id, feature, user_id, prompt_id, cost_usd::text AS cost FROM call WHERE tenant_id = $1 ORDER BY call_id`,
    [tenant.id],
  );
const linked = (tenant: Tenant) =>
  asAdmin(`SELECT call_id, counted_id, reason FROM call_linked WHERE tenant_id = $1 ORDER BY call_id`, [
    tenant.id,
  ]);

describe("a trace that arrives bit by bit", () => {
  beforeAll(() => loadPrices(now));

  it("gives children the tags of a parent that came later, and keeps what they were", async () => {
    const tenant = await makeTenant();
    await send(tenant, [span("child", "root", "call")]);
    await settle(tenant);
    expect(await ledger(tenant)).toMatchObject([{ feature: null, user_id: null }]);
    await send(tenant, [span("root", null, "link", { feature: "chat", userId: "ann" })]);
    expect(await settle(tenant)).toMatchObject({ traces: 1 });
    expect(await ledger(tenant)).toMatchObject([{ feature: "chat", user_id: "ann" }]);
    const history = await asAdmin(`SELECT cause, feature FROM call_history WHERE tenant_id = $1`, [
      tenant.id,
    ]);
    expect(history).toEqual([{ cause: "trace", feature: null }]);
    const dirty = await asAdmin(`SELECT DISTINCT hour FROM rollup_dirty WHERE tenant_id = $1`, [tenant.id]);
    expect(dirty).toHaveLength(1);
  });

  it("counts an agent's sum while it is alone, and its parts alone once they are there", async () => {
    const tenant = await makeTenant();
    await send(tenant, [span("agent", null, "sum", { feature: "agent" })]);
    await settle(tenant);
    expect(await ledger(tenant)).toHaveLength(1);
    await send(tenant, [span("one", "agent", "call"), span("two", "agent", "call")]);
    await settle(tenant);
    expect(await ledger(tenant)).toMatchObject([
      { call_id: "otel:t1:one", feature: "agent" },
      { call_id: "otel:t1:two", feature: "agent" },
    ]);
    expect(await linked(tenant)).toEqual([
      { call_id: "otel:t1:agent", counted_id: "otel:t1:one", reason: "aggregate" },
    ]);
  });

  it("lets a part speak for its response when the sum that claimed it is set aside", async () => {
    const tenant = await makeTenant();
    const response = { providerRequestId: "chatcmpl-last-step" };
    await send(tenant, [
      span("agent", null, "sum", {}, { ...response, usage: { inputTokens: 5_000, outputTokens: 900 } }),
    ]);
    await send(tenant, [span("step", "agent", "call", {}, response)]);
    await settle(tenant);
    expect(await ledger(tenant)).toMatchObject([{ call_id: "otel:t1:step", cost: "0.003500000000000000" }]);
    expect(await linked(tenant)).toMatchObject([{ call_id: "otel:t1:agent", reason: "aggregate" }]);
  });

  it("ends in the same ledger whatever arrives first, however it is cut into deliveries", async () => {
    const response = { providerRequestId: "chatcmpl-last-step" };
    const trace = [
      span("root", null, "link", { feature: "chat", userId: "ann" }),
      span(
        "agent",
        "root",
        "sum",
        { promptId: "plan", promptVersion: "2" },
        { ...response, usage: { inputTokens: 9_000, outputTokens: 9 } },
      ),
      span("step1", "agent", "call"),
      span("tool", "agent", "link", { feature: "search" }),
      span("step2", "tool", "call", {}, response),
      span("inner", "step1", "sum", { userId: "bob" }),
    ];
    const seen = new Set<string>();
    const order = fc.shuffledSubarray(trace, { minLength: trace.length, maxLength: trace.length });
    const cuts = fc.array(fc.constantFrom("join", "send", "settle"), { minLength: 6, maxLength: 6 });
    const run = fc.asyncProperty(order, cuts, async (spans, then) => {
      const tenant = await makeTenant();
      let waiting: Sent[] = [];
      for (const [n, one] of spans.entries()) {
        waiting.push(one);
        if (then[n] === "join" && n < spans.length - 1) continue;
        await send(tenant, waiting);
        waiting = [];
        if (then[n] === "settle") await settle(tenant);
      }
      await settle(tenant);
      seen.add(JSON.stringify(await ledger(tenant)));
    });
    await fc.assert(run, { numRuns: 40 });
    expect([...seen]).toEqual([
      JSON.stringify([
        {
          call_id: "otel:t1:inner",
          feature: "chat",
          user_id: "bob",
          prompt_id: "plan",
          cost: "0.003500000000000000",
        },
        {
          call_id: "otel:t1:step1",
          feature: "chat",
          user_id: "ann",
          prompt_id: "plan",
          cost: "0.003500000000000000",
        },
        {
          call_id: "otel:t1:step2",
          feature: "search",
          user_id: "ann",
          prompt_id: "plan",
          cost: "0.003500000000000000",
        },
      ]),
    ]);
  }, 60_000);

  it("prices by a contract's rate for a feature, though the feature came late", async () => {
    const tenant = await makeTenant();
    const [row] = await asAdmin<{ id: string }>(
      `INSERT INTO contract_version (tenant_id, provider, model, feature, known_from, set_by) VALUES ($1, 'openai', 'gpt-4o', 'chat', $2, 'test') RETURNING id`,
      [tenant.id, occurredAt],
    );
    await asAdmin(`INSERT INTO contract_rate (tenant_id, version_id, unit, usd, per) SELECT $1, $2, u, 1, 1000000 FROM unnest(ARRAY['fresh_input', 'visible_output']) AS u`, [tenant.id, row?.id]); // prettier-ignore
    await asAdmin(`INSERT INTO tenant_policy (tenant_id, revision, updated_at) VALUES ($1, 1, $2)`, [
      tenant.id,
      now,
    ]);
    await send(tenant, [span("child", "root", "call")]);
    expect(await ledger(tenant)).toMatchObject([{ cost: "0.003500000000000000" }]);
    await send(tenant, [span("root", null, "link", { feature: "chat" })]);
    await settle(tenant);
    expect(await ledger(tenant)).toMatchObject([{ feature: "chat", cost: "0.001100000000000000" }]);
  });

  it("leaves a month that was closed meanwhile as it is", async () => {
    const tenant = await makeTenant();
    await send(tenant, [span("child", "root", "call")]);
    await asAdmin(
      `INSERT INTO period (tenant_id, month, time_zone, closed_at, closed_by) VALUES ($1, '2026-11-01', 'UTC', $2, 'test')`,
      [tenant.id, now],
    );
    await send(tenant, [span("root", null, "link", { feature: "chat" })]);
    await settle(tenant);
    expect(await ledger(tenant)).toMatchObject([{ feature: null }]);
  });

  it("leaves alone what a rule made of a span's own tag", async () => {
    const tenant = await makeTenant();
    await send(tenant, [span("child", "root", "call", { feature: "old-name" })]);
    await asAdmin(`UPDATE call SET feature = 'renamed' WHERE tenant_id = $1`, [tenant.id]);
    await send(tenant, [span("root", null, "link", { feature: "agent", userId: "ann" })]);
    await settle(tenant);
    expect(await ledger(tenant)).toMatchObject([{ feature: "renamed", user_id: "ann" }]);
  });

  it.each(["wrapper first", "wrapped first"])(
    "counts a call that is wrapped in another once: %s",
    async (order) => {
      const tenant = await makeTenant();
      const wrapper = span("wrapper", null, "call", { feature: "chat" });
      // As the OTLP door does with a call without parent that comes alone: its span is not kept.
      const sendWrapper = () =>
      recordCalls(contextOf(tenant, ingestKey, now), { calls: [wrapper.call] }, { source: "otlp", traces: { spans: [], loneTraceIds: ["t1"] } }); // prettier-ignore
      if (order === "wrapper first") await sendWrapper();
      await send(tenant, [span("wrapped", "wrapper", "call")]);
      await settle(tenant);
      if (order === "wrapped first") await sendWrapper();
      await settle(tenant);
      expect(await ledger(tenant)).toMatchObject([{ call_id: "otel:t1:wrapped", feature: "chat" }]);
      expect(await linked(tenant)).toMatchObject([{ call_id: "otel:t1:wrapper", reason: "aggregate" }]);
    },
  );

  it("knows a span again that is sent in other company, with other tags inherited", async () => {
    const tenant = await makeTenant();
    const child = span("child", "root", "call");
    await send(tenant, [child]);
    const inherited = { ...child, call: { ...child.call, feature: "chat" } };
    expect(await send(tenant, [inherited])).toMatchObject({ accepted: 0, duplicates: 1, rejected: [] });
    const other = { ...child, call: { ...child.call, usage: { inputTokens: 1 } } };
    expect(await send(tenant, [other])).toMatchObject({ rejected: [{ code: "CONFLICT" }] });
  });

  it("does nothing twice", async () => {
    const tenant = await makeTenant();
    const trace = [span("root", null, "link", { feature: "chat" }), span("child", "root", "call")];
    await send(tenant, [trace[1] as Sent]);
    await send(tenant, trace);
    await settle(tenant);
    await send(tenant, trace);
    await settle(tenant);
    const history = await asAdmin(`SELECT count(*)::int AS n FROM call_history WHERE tenant_id = $1`, [
      tenant.id,
    ]);
    expect(history).toEqual([{ n: 1 }]);
    expect(await settle(tenant)).toEqual({ traces: 0, responses: 0 });
  });
});
