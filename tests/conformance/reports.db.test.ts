import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { recordCalls } from "@/server/calls/record";
import { settleCalls } from "@/server/calls/settle";
import type { Tenant } from "@/server/context";
import { createKey } from "@/server/keys/create";
import { type Door, openDoor } from "@/tests/factories/door";
import { asAdmin, contextOf, ingestKey, loadPrices, makeTenant, system } from "@/tests/factories/tenant";
import { requestBody, spanBody } from "@/tests/otlp/bodies";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));

let door: Door;
beforeAll(async () => {
  await loadPrices(new Date());
  door = await openDoor();
});
afterAll(() => door.close());

type Attributes = Record<string, unknown>;
const trace = "0123456789abcdef0123456789abcdef";
const span = (spanId: string, parentSpanId: string | undefined, attributes: Attributes) =>
  spanBody({
    traceId: trace,
    spanId: spanId.padStart(16, "0"),
    parentSpanId: parentSpanId?.padStart(16, "0"),
    attributes,
  });
const tokens = (input: number, output: number) => ({ "gen_ai.usage.input_tokens": input, "gen_ai.usage.output_tokens": output }); // prettier-ignore
const model = { "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o" };
const operation = (name: string) => ({ "gen_ai.operation.name": name });

const counted = async (tenant: Tenant) =>
  (await asAdmin(`SELECT count(*)::int AS calls, trim_scale(sum(cost_usd))::text AS cost FROM call WHERE tenant_id = $1`, [tenant.id]))[0]; // prettier-ignore

/** Each tree of spans holds two calls of gpt-4o, of 14,426 and 771 tokens together: 36,065 + 7,710 millionths. */
const trees: [report: string, spans: ReturnType<typeof spanBody>[]][] = [
  ["LF#14754: invoke_agent sums its chats (AI SDK 7)", [
    span("a", undefined, { ...operation("invoke_agent"), ...model, ...tokens(14_426, 771) }),
    span("b", "a", { ...operation("chat"), ...model, ...tokens(10_000, 300) }),
    span("c", "a", { ...operation("chat"), ...model, ...tokens(4426, 471) }),
  ]],
  ["LF#14808: ai.generateText sums its doGenerate (AI SDK 4 to 6)", [
    span("a", undefined, { "ai.operationId": "ai.generateText", "ai.model.provider": "openai.chat", "ai.model.id": "gpt-4o", "ai.usage.promptTokens": 14_426, "ai.usage.completionTokens": 771 }),
    span("b", "a", { "ai.operationId": "ai.generateText.doGenerate", ...model, ...tokens(10_000, 300) }),
    span("c", "a", { "ai.operationId": "ai.generateText.doGenerate", ...model, ...tokens(4426, 471) }),
  ]],
  ["LF#16409: an agent of Langfuse's SDK sums its generations", [
    span("a", undefined, { "langfuse.observation.type": "agent", "langfuse.observation.model.name": "gpt-4o", "langfuse.observation.usage_details": JSON.stringify({ input: 14_426, output: 771 }) }),
    span("b", "a", { "langfuse.observation.type": "generation", "langfuse.observation.model.name": "gpt-4o", "langfuse.observation.usage_details": JSON.stringify({ input: 10_000, output: 300 }) }),
    span("c", "a", { "langfuse.observation.type": "generation", "langfuse.observation.model.name": "gpt-4o", "langfuse.observation.usage_details": JSON.stringify({ input: 4426, output: 471 }) }),
  ]],
  ["strands-agents/harness-sdk#1267: agent and each cycle of its loop sum their chats", [
    span("a", undefined, { ...operation("invoke_agent"), ...model, ...tokens(14_426, 771) }),
    span("b", "a", { ...operation("execute_event_loop_cycle"), ...model, ...tokens(10_000, 300) }),
    span("c", "b", { ...operation("chat"), ...model, ...tokens(10_000, 300) }),
    span("d", "a", { ...operation("execute_event_loop_cycle"), ...model, ...tokens(4426, 471) }),
    span("e", "d", { ...operation("chat"), ...model, ...tokens(4426, 471) }),
  ]],
]; // prettier-ignore

describe("parents and children that both carry usage (field 2.2)", () => {
  const orders: [string, (spans: ReturnType<typeof spanBody>[]) => ReturnType<typeof spanBody>[][]][] = [
    ["in one request", (spans) => [spans]],
    ["children first, each in a request of its own", (spans) => spans.toReversed().map((each) => [each])],
    ["parents first, each in a request of its own", (spans) => spans.map((each) => [each])],
  ];
  it.each(trees.flatMap(([report, spans]) => orders.map(([order, requests]) => ({ report, order, requests: requests(spans) }))))("$report, $order", async ({ requests }) => {
    const tenant = await makeTenant();
    const { key } = await createKey(contextOf(tenant, system, new Date()), { name: "otlp", scopes: ["ingest"] });
    for (const spans of requests) {
      const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
      const answer = await door.send("/v1/traces", { method: "POST", headers, body: JSON.stringify(requestBody(spans)) });
      expect([answer.status, answer.text]).toEqual([200, "{}"]);
    }
    await settleCalls(contextOf(tenant, system, new Date()));
    expect(await counted(tenant)).toEqual({ calls: 2, cost: "0.043775" });
  }); // prettier-ignore
});

describe("a gateway and an SDK that report the same response (LF#9344)", () => {
  const report = (id: string, more: object = {}) => ({
    id,
    occurredAt: new Date().toISOString(),
    provider: "openai",
    model: "gpt-4o",
    providerRequestId: "chatcmpl-9344",
    usage: { inputTokens: 1000, outputTokens: 100 },
    ...more,
  });
  it.each([["gateway first", ["litellm", "api"]], ["SDK first", ["api", "litellm"]]])("%s: one cost, both kept", async (_name, sources) => {
    const tenant = await makeTenant();
    for (const source of sources) await recordCalls(contextOf(tenant, ingestKey, new Date()), { calls: [report(source)] }, { source }); // prettier-ignore
    await settleCalls(contextOf(tenant, system, new Date()));
    // 1,000 × 2.5 + 100 × 10
    expect(await counted(tenant)).toEqual({ calls: 1, cost: "0.0035" });
    expect(await asAdmin("SELECT reason FROM call_linked WHERE tenant_id = $1", [tenant.id])).toEqual([{ reason: "response" }]); // prettier-ignore
  }); // prettier-ignore
});
