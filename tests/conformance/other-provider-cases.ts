import type { UsageCase } from "./usage-case";

export const otherProviderCases: UsageCase[] = [
  {
    name: "x.ai, reasoning beside the completion: x.ai's own bill of 232,856,000 ticks (Wei-Shaw/sub2api#5771)",
    raw: { prompt_tokens: 10_120, completion_tokens: 1499, total_tokens: 14_428, prompt_tokens_details: { cached_tokens: 128 }, completion_tokens_details: { reasoning_tokens: 2809 }, cost_in_usd_ticks: 232_856_000 },
    rates: "grok42", buckets: { freshInputTokens: 9992, cacheReadTokens: 128, visibleOutputTokens: 1499, reasoningTokens: 2809 },
    sum: "9992 × 1.25 + 128 × 0.2 + 1499 × 2.5 + 2809 × 2.5", cost: "0.0232856", status: "priced",
  },
  {
    name: "x.ai, 448 tokens of reasoning among 482 of output (LL#18599)",
    raw: { prompt_tokens: 100, completion_tokens: 34, total_tokens: 582, completion_tokens_details: { reasoning_tokens: 448 }, num_sources_used: 0 },
    rates: "grok42", buckets: { freshInputTokens: 100, visibleOutputTokens: 34, reasoningTokens: 448 },
    sum: "100 × 1.25 + 34 × 2.5 + 448 × 2.5", cost: "0.00133", status: "priced",
  },
  {
    name: "x.ai, one word after 386 tokens of thought (vercel/ai#12425)",
    raw: { prompt_tokens: 12, completion_tokens: 1, total_tokens: 399, completion_tokens_details: { reasoning_tokens: 386 } },
    rates: "grok42", buckets: { freshInputTokens: 12, visibleOutputTokens: 1, reasoningTokens: 386 },
    sum: "12 × 1.25 + 1 × 2.5 + 386 × 2.5", cost: "0.0009825", status: "priced",
  },
  {
    name: "x.ai, an image that was cached is billed once: $0.003092 of its own bill, not $0.005318 (LL#37407)",
    raw: { prompt_tokens: 2461, completion_tokens: 303, total_tokens: 2764, prompt_tokens_details: { text_tokens: 1319, image_tokens: 1142, cached_tokens: 2432 } },
    rates: "grok46", buckets: { freshInputTokens: 29, cacheReadTokens: 2432, visibleOutputTokens: 303 },
    sum: "29 × 2 + 2432 × 0.5 + 303 × 6", cost: "0.003092", status: "priced",
  },
  {
    name: "x.ai's responses count as OpenAI's do: its own bill of 49,100,000 ticks (LL#37407)",
    raw: { input_tokens: 2461, input_tokens_details: { cached_tokens: 2432 }, output_tokens: 606, output_tokens_details: { reasoning_tokens: 0 }, total_tokens: 3067, cost_in_usd_ticks: 49_100_000 },
    rates: "grok46", buckets: { freshInputTokens: 29, cacheReadTokens: 2432, visibleOutputTokens: 606 },
    sum: "29 × 2 + 2432 × 0.5 + 606 × 6", cost: "0.00491", status: "priced",
  },
  {
    name: "DeepSeek, cache hits and misses",
    raw: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200, prompt_cache_hit_tokens: 640, prompt_cache_miss_tokens: 360, prompt_tokens_details: { cached_tokens: 640 }, completion_tokens_details: { reasoning_tokens: 150 } },
    rates: "deepseek", buckets: { freshInputTokens: 360, cacheReadTokens: 640, visibleOutputTokens: 50, reasoningTokens: 150 },
    sum: "360 × 0.27 + 640 × 0.07 + 50 × 1.1 + 150 × 1.1", cost: "0.000362", status: "priced",
  },
  {
    name: "DeepSeek, nothing cached",
    raw: { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200, prompt_cache_hit_tokens: 0, prompt_cache_miss_tokens: 1000 },
    rates: "deepseek", buckets: { freshInputTokens: 1000, visibleOutputTokens: 200 },
    sum: "1000 × 0.27 + 200 × 1.1", cost: "0.00049", status: "priced",
  },
  {
    name: "Mistral, cached input told under three names is one (mistralai/client-ts#240)",
    raw: { prompt_tokens: 1013, completion_tokens: 30, total_tokens: 1043, num_cached_tokens: 1008, prompt_tokens_details: { cached_tokens: 1008 }, prompt_token_details: { cached_tokens: 1008 } },
    rates: "mistral", buckets: { freshInputTokens: 5, cacheReadTokens: 1008, visibleOutputTokens: 30 },
    sum: "5 × 2 + 1008 × 0.2 + 30 × 6", cost: "0.0003916", status: "priced",
  },
  {
    name: "Mistral, audio by the second beside its tokens: 100 millionths a second",
    raw: { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13, prompt_audio_seconds: 7 },
    rates: "voxtral", buckets: { freshInputTokens: 10, visibleOutputTokens: 3 }, units: { input_audio_seconds: "7" },
    sum: "10 × 0.1 + 3 × 0.3 + 7 × 100", cost: "0.0007019", status: "priced",
  },
  {
    name: "Groq",
    raw: { queue_time: 0.03, prompt_tokens: 1000, prompt_time: 0.01, completion_tokens: 100, completion_time: 0.2, total_tokens: 1100, total_time: 0.21 },
    rates: "llama", buckets: { freshInputTokens: 1000, visibleOutputTokens: 100 },
    sum: "1000 × 0.59 + 100 × 0.79", cost: "0.000669", status: "priced",
  },
  {
    name: "Groq's last chunk of a stream",
    raw: { x_groq: { id: "req_1", usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 } } },
    rates: "llama", buckets: { freshInputTokens: 1000, visibleOutputTokens: 100 },
    sum: "1000 × 0.59 + 100 × 0.79", cost: "0.000669", status: "priced",
  },
  {
    name: "Groq, cached input of a model without a rate for it: no discount is made up",
    raw: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100, prompt_tokens_details: { cached_tokens: 500 } },
    rates: "llama", buckets: { freshInputTokens: 500, cacheReadTokens: 500, visibleOutputTokens: 100 },
    sum: "500 × 0.59 + 500 × 0.59 + 100 × 0.79", cost: "0.000669", status: "estimated",
  },
  {
    name: "Cohere bills less than its model reads",
    raw: { billed_units: { input_tokens: 5, output_tokens: 7 }, tokens: { input_tokens: 71, output_tokens: 9 }, cached_tokens: 64 },
    rates: "command", buckets: { freshInputTokens: 5, visibleOutputTokens: 7 },
    sum: "5 × 0.15 + 7 × 0.6", cost: "0.00000495", status: "priced",
  },
  {
    name: "Cohere's rerank by the search: 2,000 millionths each",
    raw: { billed_units: { search_units: 2 } },
    rates: "rerank", buckets: {}, units: { rerank_searches: "2" },
    sum: "2 × 2000", cost: "0.004", status: "priced",
  },
  {
    name: "Bedrock, both cache writes beside the input",
    raw: { inputTokens: 12, outputTokens: 5, totalTokens: 7537, cacheReadInputTokens: 0, cacheWriteInputTokens: 7520, cacheDetails: [{ ttl: "1h", inputTokens: 7000 }, { ttl: "5m", inputTokens: 520 }] },
    rates: "sonnet", buckets: { freshInputTokens: 12, cacheWrite5mTokens: 520, cacheWrite1hTokens: 7000, visibleOutputTokens: 5 },
    sum: "12 × 3 + 520 × 3.75 + 7000 × 6 + 5 × 15", cost: "0.044061", status: "priced",
  },
  {
    name: "Bedrock, a cache read larger than the input (LL#15270)",
    raw: { inputTokens: 4, outputTokens: 10, totalTokens: 142, cacheReadInputTokens: 128, cacheWriteInputTokens: 0 },
    rates: "sonnet", buckets: { freshInputTokens: 4, cacheReadTokens: 128, visibleOutputTokens: 10 },
    sum: "4 × 3 + 128 × 0.3 + 10 × 15", cost: "0.0002004", status: "priced",
  },
  {
    name: "Bedrock batch is half, not $0 (LL#37219)",
    raw: { inputTokens: 1000, outputTokens: 100, totalTokens: 1100, cacheReadInputTokens: 0 }, call: { batch: true },
    rates: "haiku", buckets: { freshInputTokens: 1000, visibleOutputTokens: 100 },
    sum: "1000 × 0.5 + 100 × 2.5", cost: "0.00075", status: "estimated",
  },
]; // prettier-ignore
