import { describe, expect, it } from "vitest";
import { type RequestBody, requestBody, spanBody, type SpanOf, toProtobuf } from "@/tests/otlp/bodies";
import { decodeJson } from "./decode-json";
import { decodeProtobuf } from "./decode-protobuf";
import { type SpanFacts, spanMapper } from "./map-span";

const ids = { traceId: "0AF7651916CD43DD8448EB211C80319C", spanId: "B7AD6B7169203331" };
const startMs = Date.UTC(2026, 10, 20, 12);
type Map = Parameters<typeof spanMapper>[0];

/** Through both encodings, which must tell the same. */
function map(
  span: SpanOf,
  { resource, attributeMap = {} }: { resource?: object; attributeMap?: Map } = {},
): SpanFacts {
  const body: RequestBody = requestBody([spanBody({ ...ids, startMs, ...span })], resource);
  const { wanted, map } = spanMapper(attributeMap);
  const json = decodeJson(Buffer.from(JSON.stringify(body)), wanted);
  const binary = decodeProtobuf(toProtobuf("Request", body), wanted);
  expect(binary).toEqual(json);
  const [only] = json.spans;
  if (!only) throw new Error(json.faults.join());
  return map(only);
}

const call = (attributes: Record<string, unknown>, more: Omit<SpanOf, "attributes"> = {}) =>
  map({ attributes, ...more }).call;
const chat = { "gen_ai.operation.name": "chat", "gen_ai.request.model": "m" };

interface Case {
  name: string;
  attributes: Record<string, unknown>;
  kind?: SpanFacts["kind"];
  tags?: SpanFacts["tags"];
  call: object | null;
}

/** Spans as the libraries write them; tests/otlp/recorded.test.ts has whole bodies of the libraries themselves. */
const dialects: Case[] = [
  {
    name: "the conventions of today",
    attributes: {
      "gen_ai.operation.name": "chat", "gen_ai.provider.name": "anthropic", "gen_ai.request.model": "claude-sonnet-4-5", "gen_ai.response.model": "claude-sonnet-4-5-20250929",
      "gen_ai.response.id": "msg_01AbCdEf", "gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 200, "gen_ai.usage.cache_read.input_tokens": 600,
      "gen_ai.usage.cache_creation.input_tokens": 100, "gen_ai.usage.reasoning.output_tokens": 50, "gen_ai.conversation.id": "conv-1", "gen_ai.agent.name": "helper",
      "gen_ai.prompt.name": "greet", "user.id": "ada", "gen_ai.response.time_to_first_chunk": 0.3, "gen_ai.input.messages": "SECRET",
    },
    tags: { feature: "helper", userId: "ada", promptId: "greet" },
    call: {
      provider: "anthropic", model: "claude-sonnet-4-5-20250929", providerRequestId: "msg_01AbCdEf", tags: { session: "conv-1" },
      usage: { inputTokens: 1000, outputTokens: 200, cacheReadTokens: 600, cacheWrite5mTokens: 100, reasoningTokens: 50 },
    },
  },
  {
    name: "the rename that is on its way",
    attributes: { ...chat, "gen_ai.usage.input_tokens": 10, "gen_ai.usage.cache_write.input_tokens": 4, "gen_ai.usage.cache_creation.input_tokens": 9 },
    call: { usage: { inputTokens: 10, cacheWrite5mTokens: 4 } },
  },
  {
    name: "the conventions up to 1.27",
    attributes: { "gen_ai.operation.name": "chat", "gen_ai.system": "az.ai.openai", "gen_ai.request.model": "gpt-4o", "gen_ai.usage.prompt_tokens": 12, "gen_ai.usage.completion_tokens": 3, "gen_ai.openai.response.service_tier": "flex" },
    call: { provider: "az.ai.openai", model: "gpt-4o", serviceTier: "flex", usage: { inputTokens: 12, outputTokens: 3 } },
  },
  {
    name: "older OpenLLMetry",
    attributes: {
      "gen_ai.system": "OpenAI", "llm.request.type": "chat", "gen_ai.request.model": "gpt-4o", "gen_ai.response.model": "gpt-4o-2024-08-06", "gen_ai.usage.prompt_tokens": 100,
      "gen_ai.usage.completion_tokens": 20, "llm.usage.total_tokens": 120, "gen_ai.usage.cache_read_input_tokens": 64, "gen_ai.usage.reasoning_tokens": 5,
      "traceloop.association.properties.user_id": "u1", "traceloop.association.properties.customer_id": "acme", "traceloop.association.properties.session_id": "s1",
      "traceloop.association.properties.feature": "faq", "traceloop.association.properties.team": "core", "traceloop.workflow.name": "answer", "traceloop.prompt.key": "p", "traceloop.prompt.version": 3,
      "gen_ai.prompt.0.content": "SECRET",
    },
    tags: { userId: "u1", accountId: "acme", feature: "faq", team: "core", promptId: "p", promptVersion: "3" },
    call: { provider: "OpenAI", model: "gpt-4o-2024-08-06", tags: { session: "s1" }, usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 64, reasoningTokens: 5 } },
  },
  {
    name: "OpenLLMetry's workflow",
    attributes: { "traceloop.span.kind": "workflow", "traceloop.workflow.name": "answer", "traceloop.entity.name": "answer" },
    kind: "link",
    tags: { feature: "answer" },
    call: null,
  },
  {
    name: "AI SDK 6, the step",
    attributes: {
      "operation.name": "ai.generateText.doGenerate summarize", "ai.operationId": "ai.generateText.doGenerate", "ai.telemetry.functionId": "summarize", "ai.model.provider": "openai.responses",
      "ai.model.id": "gpt-5", "ai.telemetry.metadata.userId": "u6", "ai.telemetry.metadata.sessionId": "s6", "ai.usage.inputTokens": 900, "ai.usage.outputTokens": 90, "ai.usage.cachedInputTokens": 500,
      "ai.usage.reasoningTokens": 40, "ai.usage.totalTokens": 990, "gen_ai.usage.input_tokens": 900, "gen_ai.usage.output_tokens": 90, "gen_ai.system": "openai.responses", "gen_ai.request.model": "gpt-5",
      "gen_ai.response.id": "resp_12345", "gen_ai.response.model": "gpt-5-2025-08-07", "ai.prompt.messages": "SECRET",
    },
    tags: { feature: "summarize", userId: "u6" },
    call: { provider: "openai", model: "gpt-5-2025-08-07", providerRequestId: "resp_12345", tags: { session: "s6" }, usage: { inputTokens: 900, outputTokens: 90, cacheReadTokens: 500, reasoningTokens: 40 } },
  },
  {
    name: "AI SDK 6, the sum",
    attributes: { "ai.operationId": "ai.generateText", "ai.model.id": "gpt-5", "ai.usage.inputTokens": 900, "ai.usage.outputTokens": 90 },
    kind: "sum",
    call: { model: "gpt-5", usage: { inputTokens: 900, outputTokens: 90 } },
  },
  {
    name: "AI SDK 4, embedding",
    attributes: { "ai.operationId": "ai.embedMany.doEmbed", "ai.model.id": "text-embedding-3-small", "ai.model.provider": "openai.embedding", "ai.usage.tokens": 77 },
    call: { kind: "embedding", model: "text-embedding-3-small", usage: { inputTokens: 77 } },
  },
  { name: "AI SDK 6, a tool", attributes: { "ai.operationId": "ai.toolCall", "ai.toolCall.name": "find" }, kind: "link", call: null },
  {
    name: "AI SDK 5, Anthropic: its own input leaves the cache out, and tells how long writes are kept",
    attributes: {
      "ai.operationId": "ai.streamText.doStream", "ai.model.provider": "anthropic.messages", "ai.model.id": "claude-sonnet-4-5", "ai.usage.inputTokens": 20_000, "ai.usage.outputTokens": 445, "ai.usage.cachedInputTokens": 16_399,
      "ai.response.providerMetadata": JSON.stringify({ anthropic: { usage: { input_tokens: 20_000, cache_creation_input_tokens: 2_089, cache_read_input_tokens: 16_399, cache_creation: { ephemeral_5m_input_tokens: 89, ephemeral_1h_input_tokens: 2_000 }, service_tier: "priority" } } }),
    },
    call: { serviceTier: "priority", usage: { inputTokens: 38_488, outputTokens: 445, cacheReadTokens: 16_399, cacheWrite5mTokens: 89, cacheWrite1hTokens: 2_000 } },
  },
  {
    name: "AI SDK 4, Anthropic",
    attributes: { "ai.operationId": "ai.generateText.doGenerate", "ai.model.id": "claude-3-5-sonnet", "ai.usage.promptTokens": 100, "ai.usage.completionTokens": 10, "gen_ai.usage.input_tokens": 100, "ai.response.providerMetadata": '{"anthropic":{"cacheCreationInputTokens":30,"cacheReadInputTokens":20}}' },
    call: { usage: { inputTokens: 150, outputTokens: 10, cacheReadTokens: 20, cacheWrite5mTokens: 30 } },
  },
  {
    name: "AI SDK 4, OpenAI",
    attributes: { "ai.operationId": "ai.generateText.doGenerate", "ai.model.id": "gpt-4o", "ai.usage.promptTokens": 100, "ai.usage.completionTokens": 10, "ai.response.providerMetadata": '{"openai":{"cachedPromptTokens":64,"reasoningTokens":4}}' },
    call: { usage: { inputTokens: 100, outputTokens: 10, cacheReadTokens: 64, reasoningTokens: 4 } },
  },
  {
    name: "AI SDK 4 whose stream told no usage: NaN is not a count, nor a fault",
    attributes: { "ai.operationId": "ai.streamText.doStream", "ai.model.id": "gpt-4o", "ai.usage.promptTokens": Number.NaN, "ai.usage.completionTokens": Number.NaN },
    kind: "sum",
    call: { model: "gpt-4o" },
  },
  {
    name: "AI SDK 7, the agent",
    attributes: { "gen_ai.operation.name": "invoke_agent", "gen_ai.provider.name": "openai", "gen_ai.request.model": "gpt-4o", "gen_ai.agent.name": "order-agent", "gen_ai.usage.input_tokens": 5, "gen_ai.usage.output_tokens": 2, "ai.settings.context.userId": "u7" },
    kind: "sum",
    tags: { feature: "order-agent", userId: "u7" },
    call: { usage: { inputTokens: 5, outputTokens: 2 } },
  },
  { name: "AI SDK 7, a step", attributes: { "gen_ai.operation.name": "agent_step" }, kind: "link", call: null },
  { name: "AI SDK 7, a tool with a model's name", attributes: { "gen_ai.operation.name": "execute_tool", "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": 5 }, kind: "link", call: null },
  { name: "AI SDK 7, the span around an embedding", attributes: { "gen_ai.operation.name": "embeddings", "gen_ai.request.model": "e" }, kind: "sum", call: { kind: "embedding", model: "e" } },
  { name: "AI SDK 7, the embedding", attributes: { "gen_ai.operation.name": "embeddings", "gen_ai.request.model": "e", "gen_ai.usage.input_tokens": 8 }, call: { kind: "embedding", usage: { inputTokens: 8 } } },
  { name: "AI SDK 7, a rerank: nothing to price it by", attributes: { "gen_ai.operation.name": "rerank", "gen_ai.request.model": "r" }, kind: "sum", call: { kind: "rerank", model: "r" } },
  { name: "AI SDK 7, speech", attributes: { "gen_ai.operation.name": "ai.generateSpeech", "gen_ai.request.model": "tts-1" }, kind: "sum", call: { kind: "audio", model: "tts-1" } },
  {
    name: "Langfuse 4 and 5: disjoint counts",
    attributes: {
      "langfuse.observation.type": "generation", "langfuse.observation.model.name": "gpt-4o", "langfuse.observation.usage_details": '{"input":800,"input_cached_tokens":200,"output":150,"output_reasoning_tokens":30,"total":1180}',
      "langfuse.observation.cost_details": '{"total":0.0099}', "langfuse.observation.prompt.name": "draft", "langfuse.observation.prompt.version": 4, "langfuse.environment": "prod", "user.id": "u", "session.id": "s",
      "langfuse.trace.metadata.feature": "tickets", "langfuse.trace.metadata.team": "care", "langfuse.observation.input": "SECRET", "gen_ai.request.model": "other",
    },
    tags: { promptId: "draft", promptVersion: "4", environment: "prod", userId: "u", feature: "tickets", team: "care" },
    call: { model: "gpt-4o", reportedCostUsd: "0.0099", tags: { session: "s" }, usage: { inputTokens: 1000, outputTokens: 180, cacheReadTokens: 200, reasoningTokens: 30 } },
  },
  {
    name: "Langfuse with Anthropic's cache",
    attributes: { "langfuse.observation.type": "generation", "langfuse.observation.model.name": "c", "langfuse.observation.usage_details": '{"input":10,"input_cache_creation_5m":5,"input_cache_creation_1h":7,"cache_read_input_tokens":3,"output":1}' },
    call: { usage: { inputTokens: 25, outputTokens: 1, cacheReadTokens: 3, cacheWrite5mTokens: 5, cacheWrite1hTokens: 7 } },
  },
  {
    name: "Langfuse with OpenAI's own usage object, whose totals include their parts",
    attributes: { "langfuse.observation.type": "generation", "langfuse.observation.model.name": "gpt-4o", "langfuse.observation.usage_details": '{"prompt_tokens":100,"completion_tokens":20,"total_tokens":120,"prompt_tokens_details":{"cached_tokens":40},"completion_tokens_details":{"reasoning_tokens":5}}' },
    call: { usage: { inputTokens: 100, outputTokens: 20, cacheReadTokens: 40, reasoningTokens: 5 } },
  },
  { name: "Langfuse, an agent around calls", attributes: { "langfuse.observation.type": "agent", "gen_ai.operation.name": "chat" }, kind: "link", call: null },
  { name: "Langfuse, a failed call", attributes: { "langfuse.observation.type": "generation", "langfuse.observation.model.name": "m", "langfuse.observation.level": "ERROR" }, kind: "sum", call: { errorClass: "error", billed: "unknown" } },
  {
    name: "OpenInference",
    attributes: {
      "openinference.span.kind": "LLM", "llm.model_name": "gpt-4o-mini", "llm.provider": "openai", "llm.token_count.prompt": 40, "llm.token_count.completion": 9, "llm.token_count.total": 49,
      "llm.token_count.prompt_details.cache_read": 8, "llm.token_count.prompt_details.cache_write": 2, "llm.token_count.completion_details.reasoning": 3, "llm.cost.total": 1e-7, "user.id": "u", "session.id": "s", "input.value": "SECRET",
    },
    tags: { userId: "u" },
    call: { provider: "openai", model: "gpt-4o-mini", reportedCostUsd: "0.0000001", usage: { inputTokens: 40, outputTokens: 9, cacheReadTokens: 8, cacheWrite5mTokens: 2, reasoningTokens: 3 } },
  },
  { name: "OpenInference, a chain", attributes: { "openinference.span.kind": "CHAIN", "session.id": "s" }, kind: "link", call: null },
  { name: "an operation nobody knows, with usage and a model", attributes: { "gen_ai.operation.name": "decide", "gen_ai.request.model": "m", "gen_ai.usage.input_tokens": 1 }, kind: "sum", call: { kind: "llm", usage: { inputTokens: 1 } } },
  { name: "an operation nobody knows, without usage", attributes: { "gen_ai.operation.name": "decide", "gen_ai.request.model": "m" }, kind: "link", call: null },
  { name: "usage and a model without any word of what it is", attributes: { "gen_ai.request.model": "m", "gen_ai.usage.output_tokens": 1 }, kind: "sum", call: { usage: { outputTokens: 1 } } },
  { name: "usage without a model, of no known kind", attributes: { "gen_ai.usage.input_tokens": 1 }, kind: "link", call: null },
  { name: "a call that lacks its model: for the ledger to refuse, not for us to lose", attributes: { "gen_ai.operation.name": "chat", "gen_ai.usage.input_tokens": 1 }, call: { usage: { inputTokens: 1 } } },
  { name: "a request of the web around it all", attributes: { "http.route": "/api/chat", "http.request.method": "POST", "enduser.id": "e" }, kind: "link", tags: { route: "/api/chat", userId: "e" }, call: null },
]; // prettier-ignore

describe("spanMapper", () => {
  it.each(dialects)("$name", ({ attributes, kind = "call", tags, call: expected }) => {
    const facts = map({ attributes });
    expect(facts.kind).toBe(kind);
    if (tags) expect(facts.tags).toEqual(tags);
    if (expected === null) expect(facts.call).toBeNull();
    else {
      expect(facts.call).toMatchObject(expected);
      if (!("usage" in expected)) expect(facts.call).not.toHaveProperty("usage");
      else expect(facts.call?.usage).toEqual(expected.usage);
    }
    expect(JSON.stringify(facts)).not.toContain("SECRET");
  });

  it("names a call after its span, and keeps when it was", () => {
    expect(map({ attributes: { ...chat, "gen_ai.usage.input_tokens": 1 }, parentSpanId: "00F067AA0BA902B7", endMs: startMs + 812 })).toEqual({
      traceId: "0af7651916cd43dd8448eb211c80319c", spanId: "b7ad6b7169203331", parentSpanId: "00f067aa0ba902b7", kind: "call", occurredAt: new Date(startMs), tags: {}, leftOut: [],
      call: {
        id: "otel:0af7651916cd43dd8448eb211c80319c:b7ad6b7169203331", occurredAt: "2026-11-20T12:00:00.000Z", kind: "llm", runId: "0af7651916cd43dd8448eb211c80319c",
        billed: "yes", model: "m", latencyMs: 812, usage: { inputTokens: 1 },
      },
    }); // prettier-ignore
  });

  it.each([
    ["cached tokens beside the input (Anthropic's habit)", { input: 10, cache_read_input_tokens: 100, cache_creation_input_tokens: 5 }, { inputTokens: 115, cacheReadTokens: 100, cacheWrite5mTokens: 5 }],
    ["cached tokens in the input", { input: 100, cache_read_input_tokens: 100 }, { inputTokens: 100, cacheReadTokens: 100 }],
    ["cached tokens without an input", { cache_read_input_tokens: 7, output: 1 }, { inputTokens: 7, outputTokens: 1, cacheReadTokens: 7 }],
    ["reasoning beside the output (langfuse#16508)", { output: 20, reasoning_tokens: 448 }, { outputTokens: 468, reasoningTokens: 448 }],
    ["reasoning in the output", { output: 482, reasoning_tokens: 448 }, { outputTokens: 482, reasoningTokens: 448 }],
    ["a total and the input", { input: 30, total_tokens: 50 }, { inputTokens: 30, outputTokens: 20 }],
    ["a total and the output", { output: 20, total_tokens: 50 }, { inputTokens: 30, outputTokens: 20 }],
    ["a total alone", { total_tokens: 50 }, undefined],
    ["text for a number", { input: "12" }, { inputTokens: 12 }],
    ["a big integer", { input: 12n }, { inputTokens: 12 }],
    ["an empty text", { input: "" }, undefined],
    ["zero", { input: 0, output: 0 }, { inputTokens: 0, outputTokens: 0 }],
    ["what is no count stays, to be refused", { input: -1 }, { inputTokens: -1 }],
    ["a fraction stays, to be refused", { input: 1.5 }, { inputTokens: 1.5 }],
    ["a list is no number", { input: [5] }, { inputTokens: Number.NaN }],
    ["a word is no number", { input: "many" }, { inputTokens: Number.NaN }],
    ["a truth is no number", { input: true }, { inputTokens: Number.NaN }],
    ["audio", { input: 10, "audio.input_tokens": 4, output: 5, "audio.output_tokens": 2 }, { inputTokens: 10, audioInputTokens: 4, outputTokens: 5, audioOutputTokens: 2 }],
  ])("counts: %s", (_, counts, usage) => {
    const attributes = Object.fromEntries(Object.entries(counts).map(([name, value]) => [`gen_ai.usage.${name === "input" || name === "output" ? `${name}_tokens` : name}`, value]));
    expect(call({ ...chat, ...attributes })?.usage).toEqual(usage);
  }); // prettier-ignore

  it.each([
    ["0.1", "0.1"],
    [0.1, "0.1"],
    [0.000_012_345_678_901_234_56, "0.000012345678901235"],
    [1e-9, "0.000000001"],
    [0, "0"],
    [12, "12"],
    [-0.5, undefined],
    [Infinity, undefined],
    [1e12, undefined],
    ["1.2.3", undefined],
    ["$1", undefined],
    ["9".repeat(100_000), undefined],
  ])("a reported cost of %s is %s", (sent, expected) => {
    expect(call({ ...chat, "gen_ai.usage.cost": sent })?.reportedCostUsd).toBe(expected);
  });

  it.each([
    ["langfuse's parts where it has no total", { "langfuse.observation.cost_details": '{"input":0.1,"output":0.2}' }, "0.3"],
    ["langfuse's total first", { "langfuse.observation.cost_details": '{"input":9,"total":0.5}', "gen_ai.usage.cost": 7 }, "0.5"],
    ["the next, where the first is nonsense", { "langfuse.observation.cost_details": '{"total":-1}', "gen_ai.usage.cost": -1, "gen_ai.usage.total_cost": 0.25 }, "0.25"],
    ["none in JSON that is none", { "langfuse.observation.cost_details": '{"total":' }, undefined],
  ])("reported cost: %s", (_, attributes, expected) => {
    expect(call({ ...chat, ...attributes })?.reportedCostUsd).toBe(expected);
  }); // prettier-ignore

  it.each([
    ["error.type with usage: it was billed", { "error.type": "timeout", "gen_ai.usage.input_tokens": 1 }, 2, "timeout", "yes"],
    ["error.type without", { "error.type": "timeout" }, 0, "timeout", "unknown"],
    ["a status of the provider that turned it down", { "error.type": "429" }, 2, "429", "no"],
    ["a class that says so", { "error.type": "openai.RateLimitError" }, 2, "openai.RateLimitError", "no"],
    ["a client that gave up: who knows", { "error.type": "499" }, 2, "499", "unknown"],
    ["a status alone", {}, 2, "error", "unknown"],
    ["no error", {}, 1, undefined, "yes"],
    ["a class of any length", { "error.type": `com.${"ü".repeat(90)}` }, 2, `com.${"ü".repeat(30)}`, "unknown"],
  ])("outcome: %s", (_, attributes, statusCode, errorClass, billed) => {
    const draft = call({ ...chat, ...attributes }, { statusCode });
    expect([draft?.errorClass, draft?.billed]).toEqual([errorClass, billed]);
  }); // prettier-ignore

  it.each([
    ["an end before the start", -5, undefined],
    ["a day and more", 86_400_001, undefined],
    ["no time at all", 0, 0],
  ])("latency of %s", (_, ms, expected) => {
    expect(call({ ...chat, "gen_ai.usage.input_tokens": 1 }, { endMs: startMs + ms })?.latencyMs).toBe(
      expected,
    );
  });

  it("lets the tenant's map win, from the span before the resource", () => {
    const attributeMap: Map = { "service.namespace": "team", "acme.flow": "feature", "acme.tier": "tier", "acme.region": "region", "acme.run": "runId", "acme.prompt": "promptId" };
    const resource = { "service.namespace": "platform", "acme.flow": "of the process", "team": "not read here", "deployment.environment.name": "staging" };
    const attributes = { ...chat, "gen_ai.usage.input_tokens": 1, feature: "built-in", team: "span", "acme.flow": "mapped", "acme.tier": "gold", "acme.region": "eu", "acme.run": "run-1", "acme.prompt": "mine" };
    const facts = map({ attributes }, { resource, attributeMap });
    expect(facts.tags).toEqual({ team: "platform", feature: "mapped", environment: "staging", promptId: "mine" });
    expect(facts.call).toMatchObject({ tier: "gold", region: "eu", runId: "run-1" });
    expect(map({ attributes: chat }, { resource, attributeMap }).tags.feature).toBe("of the process");
    expect(map({ attributes: chat }, { resource }).tags).toEqual({ environment: "staging" });
  }); // prettier-ignore

  it("leaves out what no tag can be, and keeps the call", () => {
    const facts = map({ attributes: { ...chat, "gen_ai.usage.input_tokens": 1, feature: "x".repeat(257), "user.id": "a\0b", team: "ü".repeat(128), "session.id": "s".repeat(300), "gen_ai.response.id": "i".repeat(300) } }); // prettier-ignore
    expect(facts.tags).toEqual({ team: "ü".repeat(128) });
    expect(facts.leftOut).toEqual(["feature", "userId", "session"]);
    expect(facts.call).toMatchObject({ model: "m", usage: { inputTokens: 1 } });
    expect(facts.call).not.toHaveProperty("providerRequestId");
  });

  it.each([
    ["Langfuse under the AI SDK", { "ai.telemetry.metadata.langfusePrompt": '{"name":"p","version":7}' }, { promptId: "p", promptVersion: "7" }],
    ["a hash of its text", { prompt_hash: "abc" }, {}],
    ["a version of nothing", { prompt_version: "3" }, { promptVersion: "3" }],
    ["traceloop's hash of a version", { "traceloop.prompt.key": "k", "traceloop.prompt.version_hash": "h" }, { promptId: "k", promptVersion: "h" }],
  ])("prompt: %s", (_, attributes, tags) => {
    const facts = map({ attributes: { ...chat, ...attributes } });
    expect(facts.tags).toEqual(tags);
    if ("prompt_hash" in attributes) expect(facts.call?.prompt).toEqual({ hash: "abc" });
  }); // prettier-ignore
});
