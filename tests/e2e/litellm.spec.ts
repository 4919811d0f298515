import { litellmPayload, logFormats } from "@/tests/emitters/litellm-payload";
import { demoFacts } from "@/tests/setup/demo";
import { tablesWith } from "./canary";
import { expect, test } from "@playwright/test";
import { ledger } from "./ledger";
import { callsOf, inOrder, ownTenant } from "./own-tenant";

// What LiteLLM's proxy posts for each log format, recorded field by field: it has no SDK for Node.
// USD for a million tokens, as the price book has them.
const openAi = litellmPayload();
const anthropic = litellmPayload({
  id: "chatcmpl-CfLite00000002",
  litellm_call_id: "5b0c6a52-0002-4a0e-8f43-77d2f0c3b8aa",
  trace_id: "7d8f2c1e-0002-4b1f-9a55-3c1d2e4f5a6b",
  custom_llm_provider: "anthropic",
  model: "claude-sonnet-4-5",
  response_cost: 1.875e-2,
  prompt_tokens: 5_000,
  completion_tokens: 500,
  total_tokens: 5_500,
  metadata: {
    usage_object: {
      prompt_tokens: 5_000,
      completion_tokens: 500,
      total_tokens: 5_500,
      prompt_tokens_details: { cached_tokens: 2_000 },
      cache_read_input_tokens: 2_000,
      cache_creation_input_tokens: 1_000,
      cache_creation: { ephemeral_5m_input_tokens: 600, ephemeral_1h_input_tokens: 400 },
    },
  },
});
const refused = litellmPayload({
  id: "5b0c6a52-0003-4a0e-8f43-77d2f0c3b8aa",
  litellm_call_id: "5b0c6a52-0003-4a0e-8f43-77d2f0c3b8aa",
  trace_id: "7d8f2c1e-0003-4b1f-9a55-3c1d2e4f5a6b",
  status: "failure",
  response_cost: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  total_tokens: 0,
  error_str: "litellm.RateLimitError: CANARY-prompt-text",
  error_information: {
    error_code: "429",
    error_class: "RateLimitError",
    llm_provider: "openai",
    error_message: "CANARY-prompt-text",
    error_rate_limit_category: "requests",
  },
  metadata: { usage_object: null },
});
const embedding = litellmPayload({
  id: "embd-CfLite00000004",
  litellm_call_id: "5b0c6a52-0004-4a0e-8f43-77d2f0c3b8aa",
  trace_id: "7d8f2c1e-0004-4b1f-9a55-3c1d2e4f5a6b",
  call_type: "aembedding",
  model: "text-embedding-3-small",
  response_cost: 2e-5,
  prompt_tokens: 1_000,
  completion_tokens: 0,
  total_tokens: 1_000,
  metadata: { usage_object: { prompt_tokens: 1_000, total_tokens: 1_000 } },
});
const fromCache = litellmPayload({
  id: "chatcmpl-CfLite00000001",
  litellm_call_id: "5b0c6a52-0005-4a0e-8f43-77d2f0c3b8aa",
  trace_id: "7d8f2c1e-0005-4b1f-9a55-3c1d2e4f5a6b",
  cache_hit: true,
  cache_key: "3f1c",
  response_cost: 0,
  saved_cache_cost: 0.0043,
});
const reasoning = litellmPayload({
  id: "chatcmpl-CfLite00000006",
  litellm_call_id: "5b0c6a52-0006-4a0e-8f43-77d2f0c3b8aa",
  trace_id: "7d8f2c1e-0006-4b1f-9a55-3c1d2e4f5a6b",
  stream: true,
  model: "gpt-5",
  response_cost: 0.00925,
  prompt_tokens: 1_000,
  completion_tokens: 800,
  total_tokens: 1_800,
  metadata: {
    usage_object: {
      prompt_tokens: 1_000,
      completion_tokens: 800,
      total_tokens: 1_800,
      completion_tokens_details: { reasoning_tokens: 500 },
    },
  },
});

const facts = {
  source: "litellm",
  userId: "litellm-ada",
  feature: "checkout",
  team: "care",
  promptId: "upsell",
  priceStatus: "priced",
  provider: "openai",
  model: "gpt-4o",
};
const usage = { freshInputTokens: 800, cacheReadTokens: 400, visibleOutputTokens: 180 };
const expected = inOrder([
  // 800 × 2.5 + 400 × 1.25 + 180 × 10 = 4,300 millionths
  { ...facts, ...usage, costUsd: "0.0043", reportedCostUsd: "0.0043" },
  {
    ...facts,
    provider: "anthropic",
    model: "claude-sonnet-4-5",
    freshInputTokens: 2_000,
    cacheReadTokens: 2_000,
    cacheWrite5mTokens: 600,
    cacheWrite1hTokens: 400,
    visibleOutputTokens: 500,
    // 2,000 × 3 + 2,000 × 0.3 + 600 × 3.75 + 400 × 6 + 500 × 15 = 18,750
    costUsd: "0.01875",
    reportedCostUsd: "0.01875",
  },
  { ...facts, errorClass: "RateLimitError", costUsd: "0" },
  {
    ...facts,
    model: "text-embedding-3-small",
    freshInputTokens: 1_000,
    costUsd: "0.00002", // 1,000 × 0.02 = 20
    reportedCostUsd: "0.00002",
  },
  { ...facts, ...usage, cache: "exact", costUsd: "0" },
  {
    ...facts,
    model: "gpt-5",
    freshInputTokens: 1_000,
    visibleOutputTokens: 300,
    reasoningTokens: 500,
    costUsd: "0.00925", // 1,000 × 1.25 + 800 × 10 = 9,250
    reportedCostUsd: "0.00925",
  },
]);
const bodies = [
  ...logFormats.json_array([openAi, anthropic]),
  ...logFormats.ndjson([refused, embedding]),
  ...logFormats.single([fromCache, reasoning]),
];

test("LiteLLM's three log formats become calls, once however often they are posted", async () => {
  test.setTimeout(240_000);
  const tenant = await ownTenant("litellm-proxy");
  const post = async () => {
    for (const body of bodies) {
      const answer = await fetch(`${demoFacts().url}/v1/litellm`, {
        method: "POST",
        headers: { Authorization: `Bearer ${tenant.ingestKey}`, "Content-Type": "application/json" },
        body,
      });
      expect(answer.status).toBe(200);
    }
  };
  await post();
  await expect.poll(() => callsOf(tenant), { timeout: 90_000 }).toEqual(expected);

  await post();
  const waiting = async () => {
    const rows = await ledger<{ state: string; requests: number }>(
      "SELECT state, count(*)::int AS requests FROM inbox WHERE tenant_id = $1 GROUP BY state",
      [tenant.id],
    );
    return rows;
  };
  await expect.poll(waiting, { timeout: 90_000 }).toEqual([{ state: "done", requests: 2 * bodies.length }]);
  expect(await callsOf(tenant)).toEqual(expected);
  expect(await tablesWith("CANARY-")).toEqual({ "CANARY-": [] });
});
