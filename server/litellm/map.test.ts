import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { admit } from "@/server/calls/admit";
import { type MappedCall, mapPayload } from "./map";

const startTime = 1_795_218_713.388;
const now = new Date(startTime * 1_000 + 5_000);
const failure = {
  status: "failure",
  id: "c-1",
  response_cost: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  error_information: { error_class: "RateLimitError", error_code: "429", error_message: "canary" },
};

/** A success as LiteLLM 1.80 logs it, with these fields instead. */
const payload = (more: Record<string, unknown> = {}): Record<string, unknown> => ({
  id: "chatcmpl-1",
  trace_id: "trace-1",
  litellm_call_id: "c-1",
  call_type: "acompletion",
  status: "success",
  custom_llm_provider: "openai",
  model: "gpt-4o",
  startTime,
  endTime: startTime + 1.5,
  response_cost: 1.2e-5,
  prompt_tokens: 1_000,
  completion_tokens: 100,
  total_tokens: 1_100,
  metadata: {},
  request_tags: [],
  end_user: "",
  messages: [{ role: "user", content: "canary" }],
  response: { choices: [{ message: { content: "canary" } }] },
  requester_ip_address: "canary",
  user_agent: "canary",
  ...more,
});
const meta = (metadata: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  payload({ metadata, ...more });
const usage = (usage_object: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  meta({ usage_object }, more);

function callOf(
  item: unknown,
  map: Record<string, "feature" | "userId" | "promptId" | "team"> = {},
): MappedCall {
  const mapping = mapPayload(item, map);
  if (mapping.kind !== "call") throw new Error(JSON.stringify(mapping));
  return mapping.call;
}

it("maps a whole payload, and nothing of what was said", () => {
  const item = payload({
    session_id: "session-1",
    end_user: "user_42",
    metadata: {
      user_api_key_team_alias: "search",
      requester_metadata: { feature: "chat", environment: "production", account_id: "acme" },
      prompt_management_metadata: { prompt_id: "greeting", prompt_version: 3 },
      usage_object: {
        prompt_tokens_details: { cached_tokens: 400 },
        completion_tokens_details: { reasoning_tokens: 20 },
      },
    },
    request_tags: ["taskName:classify", "beta", "User-Agent: litellm/1.80"],
    cost_breakdown: { service_tier: "flex" },
  });
  expect(callOf(item)).toEqual({
    id: "litellm:c-1",
    occurredAt: "2026-11-20T23:51:53.388Z",
    kind: "llm",
    provider: "openai",
    model: "gpt-4o",
    userId: "user_42",
    accountId: "acme",
    feature: "chat",
    team: "search",
    environment: "production",
    prompt: { id: "greeting", version: "3" },
    runId: "session-1",
    rootRequestId: "trace-1",
    providerRequestId: "chatcmpl-1",
    latencyMs: 1_500,
    billed: "yes",
    batch: false,
    cache: "none",
    reportedCostUsd: "0.000012",
    serviceTier: "flex",
    usage: { inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 400, reasoningTokens: 20 },
    tags: { taskName: "classify", beta: "true" },
  });
  expect(JSON.stringify(mapPayload(item))).not.toContain("canary");
});

/** The named fields, where undefined means absent. */
const expectParts = (whole: object, expected: Record<string, unknown>) => {
  const named = Object.keys(expected).map((key) => [key, Reflect.get(whole, key) as unknown]);
  expect(Object.fromEntries(named)).toEqual(expected);
};
type Case = [name: string, item: Record<string, unknown>, expected: Record<string, unknown>];

describe("identity and links", () => {
  it.each<Case>([
    ["an older call_id", payload({ litellm_call_id: undefined, call_id: "old" }), { id: "litellm:old" }],
    ["no call id at all", payload({ litellm_call_id: null }), { id: "litellm:chatcmpl-1" }],
    ["a failed attempt beside its success", payload(failure), { id: `litellm:c-1:failed:${startTime + 1.5}` }],
    ["a response id that is none", payload({ id: "c-1" }), { providerRequestId: undefined }],
    ["a session in the trace's place", payload({ trace_id: "s", session_id: "s" }), { rootRequestId: "c-1", runId: "s" }],
    ["no trace", payload({ trace_id: null }), { rootRequestId: "c-1", runId: undefined }],
    ["a run id of the caller", meta({ requester_metadata: { session_id: "mine" } }), { runId: "mine", rootRequestId: "trace-1" }],
    ["a response id without end", payload({ id: `resp_${"x".repeat(900)}` }), { id: "litellm:c-1", providerRequestId: undefined }],
    ["ISO times", payload({ startTime: "2026-11-20 23:51:53.388000", endTime: "2026-11-20T23:51:54Z" }), { occurredAt: "2026-11-20T23:51:53.388Z", latencyMs: 612 }],
    ["an end before its start", payload({ endTime: startTime - 1 }), { latencyMs: undefined }],
    ["a finished batch", payload({ call_type: "aretrieve_batch", id: "batch_7" }), { id: "litellm:batch_7", batch: true, rootRequestId: undefined, latencyMs: undefined }],
  ])("%s", (_, item, expected) => expectParts(callOf(item), expected)); // prettier-ignore

  it("keeps an id of any length apart from others", () => {
    const ids = ["a", "b"].map(
      (end) => callOf(payload({ litellm_call_id: null, id: "x".repeat(900) + end })).id,
    );
    expect(new Set(ids).size).toBe(2);
    expect(Math.max(...ids.map((id) => id.length))).toBeLessThanOrEqual(200);
  });
});

describe("kinds", () => {
  it.each([
    ["completion", "llm"], ["acompletion", "llm"], ["atext_completion", "llm"], ["aresponses", "llm"], ["anthropic_messages", "llm"],
    ["agenerate_content_stream", "llm"], ["_arealtime", "llm"], ["abatch_completion", "llm"], ["something_new", "llm"], ["", "llm"],
    ["aembedding", "embedding"], ["embedding", "embedding"], ["arerank", "rerank"], ["aimage_generation", "image"], ["image_edit", "image"],
    ["atranscription", "audio"], ["aspeech", "audio"], ["amoderation", "moderation"], ["call_mcp_tool", "tool"],
  ])("%s is %s", (callType, kind) => expect(callOf(payload({ call_type: callType })).kind).toBe(kind)); // prettier-ignore

  const free = { prompt_tokens: 0, completion_tokens: 0, response_cost: 0 };
  it.each([
    "acreate_batch",
    "aretrieve_batch",
    "acreate_file",
    "afile_list",
    "acreate_fine_tuning_job",
    "ahealth_check",
  ])("%s without usage is nothing", (callType) =>
    expect(mapPayload(payload({ call_type: callType, ...free })).kind).toBe("nothing"),
  );
  it("an answer that is fetched again was counted when it was made", () => {
    expect(mapPayload(payload({ call_type: "aget_responses" })).kind).toBe("nothing");
  });
  it("a vector store's search that cost something is a call", () => {
    const searched = payload({ call_type: "avector_store_search", ...free, response_cost: 0.0025 });
    expect(callOf(searched).reportedCostUsd).toBe("0.0025");
  });
});

describe("usage", () => {
  const anthropic = { cache_read_input_tokens: 500, cache_creation_input_tokens: 300 };
  it.each<Case>([
    ["OpenAI's cached and audio parts", usage({ prompt_tokens_details: { cached_tokens: 200, audio_tokens: 50 }, completion_tokens_details: { audio_tokens: 10, reasoning_tokens: 5 } }), { inputTokens: 1_000, cacheReadTokens: 200, audioInputTokens: 50, outputTokens: 100, audioOutputTokens: 10, reasoningTokens: 5 }],
    ["Anthropic's, cache included", usage(anthropic), { inputTokens: 1_000, cacheReadTokens: 500, cacheWrite5mTokens: 300 }],
    ["Anthropic's of old versions, cache left out", usage(anthropic, { prompt_tokens: 40 }), { inputTokens: 840, cacheReadTokens: 500, cacheWrite5mTokens: 300 }],
    ["both kinds of cache writes", usage({ ...anthropic, cache_creation: { ephemeral_5m_input_tokens: 100, ephemeral_1h_input_tokens: 200 } }), { cacheWrite5mTokens: 100, cacheWrite1hTokens: 200 }],
    ["cache writes in LiteLLM's own details", usage({ cache_creation_input_tokens: 300, prompt_tokens_details: { cache_creation_token_details: { ephemeral_1h_input_tokens: 300 } } }), { cacheWrite5mTokens: undefined, cacheWrite1hTokens: 300 }],
    ["cache writes in the details alone", usage({ prompt_tokens_details: { cached_tokens: 1, cache_creation_tokens: 7 } }), { cacheReadTokens: 1, cacheWrite5mTokens: 7 }],
    ["DeepSeek's cache", usage({ prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 936 }), { inputTokens: 1_000, cacheReadTokens: 64 }],
    ["reasoning inside the output", usage({ completion_tokens_details: { reasoning_tokens: 100 } }), { outputTokens: 100, reasoningTokens: 100 }],
    ["reasoning beside the output (xAI)", usage({ completion_tokens_details: { reasoning_tokens: 250 } }), { outputTokens: 350, reasoningTokens: 250 }],
    ["cached audio", usage({ prompt_tokens_details: { cached_tokens: 900, audio_tokens: 300 } }), { inputTokens: 1_000, cacheReadTokens: 900, audioInputTokens: 100 }],
    ["web searches", usage({ server_tool_use: { web_search_requests: 3 } }), { units: { web_searches: "3" } }],
    ["seconds of sound", usage({ type: "duration", seconds: 12.5 }, { prompt_tokens: 0, completion_tokens: 0 }), { inputTokens: 0, units: { audio_seconds: "12.5" } }],
    ["the usage block in hidden_params", payload({ hidden_params: { usage_object: { prompt_tokens_details: { cached_tokens: 8 } } } }), { cacheReadTokens: 8 }],
    ["totals in the usage block alone", usage({ prompt_tokens: 5, completion_tokens: 6 }, { prompt_tokens: null, completion_tokens: undefined }), { inputTokens: 5, outputTokens: 6 }],
    ["nulls for details", usage({ prompt_tokens_details: null, cache_read_input_tokens: null, completion_tokens_details: null }), { inputTokens: 1_000, outputTokens: 100 }],
  ])("%s", (_, item, expected) => expectParts(callOf(item).usage ?? {}, expected)); // prettier-ignore

  it("counts that are all zero are unknown, not free", () => {
    expect(callOf(payload({ prompt_tokens: 0, completion_tokens: 0 })).usage).toBeUndefined();
  });
});

describe("cost, cache, failure", () => {
  it.each<Case>([
    ["an exponent", payload({ response_cost: 1.2e-5 }), { reportedCostUsd: "0.000012" }],
    ["a very small one", payload({ response_cost: 7.5e-8 }), { reportedCostUsd: "0.000000075" }],
    ["a text", payload({ response_cost: "3.0e-02" }), { reportedCostUsd: "0.03" }],
    ["binary dust", payload({ response_cost: 0.1 + 0.2 }), { reportedCostUsd: "0.30000000000000004" }],
    ["more digits than the ledger's", payload({ response_cost: 1.23456789012345e-7 }), { reportedCostUsd: "0.000000123456789012" }],
    ["0 for a model without a price", payload({ response_cost: 0 }), { reportedCostUsd: undefined }],
    ["a negative cost", payload({ response_cost: -1 }), { reportedCostUsd: undefined }],
    ["no number", payload({ response_cost: "None" }), { reportedCostUsd: undefined }],
    ["an answer from LiteLLM's cache", payload({ cache_hit: true, id: "chatcmpl-1_cache_hit1795218713.1" }), { cache: "exact", providerRequestId: undefined, reportedCostUsd: undefined }],
    ["a miss", payload({ cache_hit: false }), { cache: "none" }],
    ["refused by the provider", payload(failure), { errorClass: "RateLimitError", billed: "no", usage: undefined, providerRequestId: undefined }],
    ["a stream that broke off", payload({ ...failure, prompt_tokens: 900, completion_tokens: 3 }), { errorClass: "RateLimitError", billed: "yes", usage: { inputTokens: 900, outputTokens: 3 } }],
    ["a failure with a code alone", payload({ ...failure, error_information: { error_code: 503 } }), { errorClass: "503" }],
    ["a failure without a word", payload({ ...failure, error_information: null }), { errorClass: "unknown" }],
    ["refused by the gateway before any model", payload({ ...failure, model: "" }), { kind: "other", model: undefined }],
    ["the tier of the answer", usage({ service_tier: "priority" }), { serviceTier: "priority" }],
    ["a tier that was only asked for", payload({ model_parameters: { service_tier: "flex" } }), { serviceTier: "flex" }],
    ["no tier in particular", payload({ model_parameters: { service_tier: "auto" } }), { serviceTier: undefined }],
    ["Anthropic's batch", usage({ service_tier: "batch" }), { batch: true }],
  ])("%s", (_, item, expected) => expectParts(callOf(item), expected)); // prettier-ignore
});

describe("attribution", () => {
  const requester = (requester_metadata: unknown, more = {}) => meta({ requester_metadata, ...more });
  it.each<Case>([
    ["LiteLLM's end user before what the caller says", requester({ user_id: "spoof" }, { user_api_key_end_user_id: "true" }), { userId: "true" }],
    ["the body's user", payload({ end_user: "body", metadata: { requester_metadata: { user_id: "other" } } }), { userId: "body" }],
    ["the taught metadata", requester({ user_id: "u", feature: "f", environment: "e", team_id: "t" }), { userId: "u", feature: "f", environment: "e", team: "t" }],
    ["plain metadata of the SDK", meta({ feature: "sdk", user_id: "u" }), { feature: "sdk", userId: "u" }],
    ["spend logs metadata", meta({ spend_logs_metadata: { feature: "logs" } }), { feature: "logs" }],
    ["tags", payload({ request_tags: ["feature:chat", "env:staging", "user_id:7", "prompt_id: p", "team:x"] }), { feature: "chat", environment: "staging", userId: "7", prompt: { id: "p" }, team: "x", tags: undefined }],
    ["metadata before tags", payload({ request_tags: ["feature:tag"], metadata: { requester_metadata: { feature: "meta" } } }), { feature: "meta" }],
    ["a key's team before the caller's", requester({ team: "spoof" }, { user_api_key_team_alias: "search" }), { team: "search" }],
    ["a team without an alias", meta({ user_api_key_team_id: "t-1" }), { team: "t-1" }],
    ["not the key's own user", meta({ user_api_key_user_id: "developer", user_api_key_user_email: "canary@example.com" }), { userId: undefined }],
    ["a number for a user", requester({ user_id: 42 }), { userId: "42" }],
    ["an object for a user", requester({ user_id: { id: 1 } }), { userId: undefined }],
    ["a value that is too long", requester({ feature: "x".repeat(300), user_id: "u" }), { feature: undefined, userId: "u" }],
    ["NUL and half a character", requester({ feature: "a\0b", team: "\ud800" }), { feature: undefined, team: undefined }],
    ["metadata that is a list", requester(["feature"]), { feature: undefined }],
    ["a prototype's name", requester(JSON.parse('{"__proto__":{"feature":"x"}}')), { feature: undefined }],
    ["tags that are no tags", payload({ request_tags: [5, null, {}, "", ":", "a b:c", "x".repeat(500)] }), { tags: { "5": "true" } }],
  ])("%s", (_, item, expected) => expectParts(callOf(item), expected)); // prettier-ignore

  it("a tenant's own map comes first, wherever the name stands", () => {
    const map = { "x-app": "feature", who: "userId", job: "team" } as const;
    const item = payload({
      end_user: "body",
      metadata: { requester_metadata: { who: "mapped", feature: "usual" }, requester_custom_headers: { "x-app": "header" } },
      request_tags: ["job:nightly"],
    }); // prettier-ignore
    const call = callOf(item, map);
    expect(call).toMatchObject({ userId: "mapped", feature: "header", team: "nightly" });
    expect(call.tags).toBeUndefined();
  });

  it("no more free tags than a call may have", () => {
    const request_tags = Array.from({ length: 50 }, (_, n) => `k${n}:v`);
    expect(Object.keys(callOf(payload({ request_tags })).tags ?? {})).toHaveLength(20);
  });
});

it.each<[string, unknown]>([
  ["null", null],
  ["a number", 5],
  ["a text", "x"],
  ["a list", []],
  ["an empty object", {}],
  ["no id", payload({ id: "", litellm_call_id: undefined })],
  ["no time", payload({ startTime: undefined })],
  ["a time in milliseconds", payload({ startTime: 1_795_218_713_388 * 1_000 })],
  ["no date", payload({ startTime: "yesterday" })],
])("%s is a fault", (_, item) => expect(mapPayload(item).kind).toBe("fault"));

it("what it maps is sound for the ledger, whatever else a payload holds", () => {
  const names = Object.keys(payload({ session_id: 1, hidden_params: 1, error_information: 1, cache_hit: 1, model_parameters: 1, cost_breakdown: 1 })); // prettier-ignore
  const odd = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.string(), fc.double(), fc.constant("\0"));
  fc.assert(
    fc.property(fc.constantFrom(...names), odd, (name, value) => {
      const mapping = mapPayload(payload({ [name]: value }));
      if (mapping.kind !== "call") return;
      const admission = admit(mapping.call, 0, { now, pins: {}, anyAge: true });
      // Counts are never mended: what is no count is refused by name.
      if (!admission.ok) expect(admission.rejection.field).toMatch(/^usage\./);
    }),
    { numRuns: 3_000, seed: 20261121 },
  );
});
