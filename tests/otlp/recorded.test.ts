import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { CallInput } from "@/server/calls/schemas";
import { decodeJson } from "@/server/otlp/decode-json";
import { decodeProtobuf } from "@/server/otlp/decode-protobuf";
import { deliveriesOf } from "@/server/otlp/delivery";
import { type CallDraft, spanMapper } from "@/server/otlp/map-span";
import { toProtobuf } from "./bodies";

/** What the SDKs themselves sent (tests/emitters/record.ts), request by request. */
const recorded = fileURLToPath(new URL("../emitters/recorded/", import.meta.url));
const Requests = z.array(
  z.object({ path: z.string(), body: z.looseObject({ resourceSpans: z.array(z.unknown()) }) }),
);

const { wanted, map } = spanMapper({});

/** The calls of each request, as they go to the ledger. */
function callsOf(name: string): CallDraft[][] {
  const requests = Requests.parse(JSON.parse(readFileSync(`${recorded}${name}.json`, "utf8")));
  return requests.map(({ body }) => {
    const json = decodeJson(Buffer.from(JSON.stringify(body)), wanted);
    expect(json.faults).toEqual([]);
    expect(decodeProtobuf(toProtobuf("Request", body), wanted)).toEqual(json);
    const facts = json.spans.map(map);
    expect(facts.flatMap(({ leftOut }) => leftOut)).toEqual([]);
    return deliveriesOf(facts, { calls: 1_000, spans: 2_000 }).flatMap(({ calls }) => calls);
  });
}

type Expected = Partial<CallInput>;
const usage = (inputTokens: number, outputTokens: number, more: Expected["usage"] = {}) => ({ inputTokens, outputTokens, ...more }); // prettier-ignore
const cases: Record<string, Expected[]> = {
  "otel-agent": [
    { feature: "refunds", userId: "user-otel-agent", prompt: { id: "refund-policy" }, provider: "anthropic", usage: usage(1000, 100) },
    { feature: "refunds", userId: "user-otel-agent", prompt: { id: "refund-policy" }, provider: "anthropic", usage: usage(2000, 200) },
    { feature: "refunds", userId: "user-otel-agent", prompt: { id: "refund-policy" }, provider: "anthropic", usage: usage(3000, 300) },
  ],
  "ai-sdk-7": [
    { feature: "order-agent-7", userId: "user-ai-sdk-7", provider: "openai", model: "gpt-4o", usage: usage(1000, 50) },
    { feature: "order-agent-7", userId: "user-ai-sdk-7", provider: "openai", model: "gpt-4o", usage: usage(1200, 250, { cacheReadTokens: 1000 }) },
  ],
  langfuse: [
    {
      feature: "tickets", userId: "user-langfuse", model: "gpt-4o", reportedCostUsd: "0.0099", tags: { session: "session-3" }, prompt: { id: "draft-answer", version: "4" },
      usage: usage(1000, 150, { cacheReadTokens: 200 }),
    },
  ],
  openllmetry: [
    { feature: "catalogue", userId: "user-openllmetry", prompt: { id: "describe-product" }, model: "gpt-4o-mini-2024-07-18", providerRequestId: "chatcmpl-CfN0openllmetry", usage: usage(2400, 320) },
  ],
}; // prettier-ignore

describe("what the SDKs sent", () => {
  it.each(Object.entries(cases))("%s", (name, expected) => {
    const calls = callsOf(name).flat();
    expect(calls.length).toBe(expected.length);
    calls.forEach((call, at) => expect(call).toMatchObject(expected[at] ?? {}));
  });

  const all = readdirSync(recorded)
    .filter((file) => file.endsWith(".json"))
    .map((file) => file.slice(0, -".json".length));
  it.each(all)("%s: calls with usage, and nobody's words", (name) => {
    const calls = callsOf(name).flat();
    expect(calls.length).toBeGreaterThan(0);
    for (const call of calls) expect(call.usage?.inputTokens).toBeGreaterThan(0);
    expect(JSON.stringify(calls)).not.toContain("CANARY");
  });
});
