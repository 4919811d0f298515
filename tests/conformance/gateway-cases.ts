import type { UsageCase } from "./usage-case";

/** The same providers as gateways and SDKs pass them on. */
export const gatewayCases: UsageCase[] = [
  {
    name: "LiteLLM of old, Anthropic's cache beside the prompt (LL#9812)",
    raw: { prompt_tokens: 3, completion_tokens: 550, total_tokens: 553, cache_creation_input_tokens: 12_304, cache_read_input_tokens: 0 },
    rates: "sonnet", buckets: { freshInputTokens: 3, cacheWrite5mTokens: 12_304, visibleOutputTokens: 550 },
    sum: "3 × 3 + 12304 × 3.75 + 550 × 15", cost: "0.054399", status: "priced",
  },
  {
    name: "LiteLLM of today, Anthropic's cache inside the prompt and told twice (LL#40006)",
    raw: { prompt_tokens: 17_111, completion_tokens: 100, total_tokens: 17_211, prompt_tokens_details: { cached_tokens: 17_102, cache_creation_tokens: 0 }, cache_read_input_tokens: 17_102, cache_creation_input_tokens: 0 },
    rates: "haiku", buckets: { freshInputTokens: 9, cacheReadTokens: 17_102, visibleOutputTokens: 100 },
    sum: "9 × 1 + 17102 × 0.1 + 100 × 5", cost: "0.0022192", status: "priced",
  },
  {
    name: "LiteLLM over Bedrock, reads, writes and thinking at once (LL#11364)",
    raw: { total_tokens: 103_925, prompt_tokens: 98_805, completion_tokens: 5120, prompt_tokens_details: { text_tokens: null, audio_tokens: null, cached_tokens: 66_360, cache_creation_tokens: 32_435 }, cache_read_input_tokens: 66_360, cache_creation_input_tokens: 32_435, completion_tokens_details: { reasoning_tokens: 1710 } },
    rates: "opus", buckets: { freshInputTokens: 10, cacheReadTokens: 66_360, cacheWrite5mTokens: 32_435, visibleOutputTokens: 3410, reasoningTokens: 1710 },
    sum: "10 × 5 + 66360 × 0.5 + 32435 × 6.25 + 3410 × 25 + 1710 × 25", cost: "0.36394875", status: "priced",
  },
  {
    name: "OpenRouter, 17,903 tokens of input, not 35,720 (LF#10592)",
    raw: { prompt_tokens: 17_903, completion_tokens: 100, total_tokens: 18_003, prompt_tokens_details: { cached_tokens: 17_817 }, cost: 0.0033 },
    rates: "gpt5", buckets: { freshInputTokens: 86, cacheReadTokens: 17_817, visibleOutputTokens: 100 },
    sum: "86 × 1.25 + 17817 × 0.125 + 100 × 10", cost: "0.003334625", status: "priced",
  },
  {
    name: "Copilot's third turn, two fresh tokens among 19,173 (microsoft/conductor#427)",
    raw: { prompt_tokens: 19_173, completion_tokens: 50, total_tokens: 19_223, prompt_tokens_details: { cached_tokens: 19_071, cache_write_tokens: 100 } },
    rates: "sonnet5", buckets: { freshInputTokens: 2, cacheReadTokens: 19_071, cacheWrite5mTokens: 100, visibleOutputTokens: 50 },
    sum: "2 × 2 + 19071 × 0.2 + 100 × 2.5 + 50 × 10", cost: "0.0045682", status: "priced",
  },
  {
    name: "a prompt of 2,000 of which 500 are read and 300 written (browser-use#5305)",
    raw: { prompt_tokens: 2000, completion_tokens: 0, total_tokens: 2000, prompt_tokens_details: { cached_tokens: 500, cache_creation_tokens: 300 } },
    rates: "sonnet", buckets: { freshInputTokens: 1200, cacheReadTokens: 500, cacheWrite5mTokens: 300 },
    sum: "1200 × 3 + 500 × 0.3 + 300 × 3.75", cost: "0.004875", status: "priced",
  },
  {
    name: "AI SDK 4",
    raw: { promptTokens: 1000, completionTokens: 200, totalTokens: 1200 },
    rates: "gpt4o", buckets: { freshInputTokens: 1000, visibleOutputTokens: 200 },
    sum: "1000 × 2.5 + 200 × 10", cost: "0.0045", status: "priced",
  },
  {
    name: "AI SDK 5, cached input inside",
    raw: { inputTokens: 1000, outputTokens: 200, totalTokens: 1200, reasoningTokens: 150, cachedInputTokens: 400 },
    rates: "gpt4o", buckets: { freshInputTokens: 600, cacheReadTokens: 400, visibleOutputTokens: 50, reasoningTokens: 150 },
    sum: "600 × 2.5 + 400 × 1.25 + 50 × 10 + 150 × 10", cost: "0.004", status: "priced",
  },
  {
    name: "AI SDK 5 over Anthropic, more cached than sent: the cache stands beside (LF#8559)",
    raw: { inputTokens: 10, outputTokens: 9, totalTokens: 19, cachedInputTokens: 400 },
    rates: "haiku", buckets: { freshInputTokens: 10, cacheReadTokens: 400, visibleOutputTokens: 9 },
    sum: "10 × 1 + 400 × 0.1 + 9 × 5", cost: "0.000095", status: "priced",
  },
  {
    name: "AI SDK 6 over Anthropic, the split of its writes from the provider's own object",
    raw: { inputTokens: 140, inputTokenDetails: { noCacheTokens: 10, cacheReadTokens: 100, cacheWriteTokens: 30 }, outputTokens: 9, outputTokenDetails: { textTokens: 2, reasoningTokens: 7 }, totalTokens: 149, raw: { cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 } } },
    rates: "sonnet", buckets: { freshInputTokens: 10, cacheReadTokens: 100, cacheWrite5mTokens: 10, cacheWrite1hTokens: 20, visibleOutputTokens: 2, reasoningTokens: 7 },
    sum: "10 × 3 + 100 × 0.3 + 10 × 3.75 + 20 × 6 + 2 × 15 + 7 × 15", cost: "0.0003525", status: "priced",
  },
]; // prettier-ignore
