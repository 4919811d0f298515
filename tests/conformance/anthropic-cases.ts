import type { UsageCase } from "./usage-case";

const message = (input: number, output: number, more: object = {}) => ({
  input_tokens: input,
  cache_creation_input_tokens: 0,
  cache_read_input_tokens: 0,
  output_tokens: output,
  service_tier: "standard",
  ...more,
});
const written = (fiveMinutes: number, hour: number) => ({
  cache_creation_input_tokens: fiveMinutes + hour,
  cache_creation: { ephemeral_5m_input_tokens: fiveMinutes, ephemeral_1h_input_tokens: hour },
});

export const anthropicCases: UsageCase[] = [
  {
    name: "Anthropic message",
    raw: message(1000, 200),
    rates: "sonnet", buckets: { freshInputTokens: 1000, visibleOutputTokens: 200 },
    sum: "1000 × 3 + 200 × 15", cost: "0.006", status: "priced",
  },
  {
    name: "Anthropic, a cache write is billed once: $0.0544 of the console, not $0.0913 (LL#9812)",
    raw: { input_tokens: 3, cache_creation_input_tokens: 12_304, cache_read_input_tokens: 0, output_tokens: 550 },
    rates: "sonnet", buckets: { freshInputTokens: 3, cacheWrite5mTokens: 12_304, visibleOutputTokens: 550 },
    sum: "3 × 3 + 12304 × 3.75 + 550 × 15", cost: "0.054399", status: "priced",
  },
  {
    name: "Anthropic, input without cache counted beside it (LF#12306)",
    raw: message(5, 100, { cache_read_input_tokens: 128_955, cache_creation_input_tokens: 1253 }),
    rates: "sonnet", buckets: { freshInputTokens: 5, cacheReadTokens: 128_955, cacheWrite5mTokens: 1253, visibleOutputTokens: 100 },
    sum: "5 × 3 + 128955 × 0.3 + 1253 × 3.75 + 100 × 15", cost: "0.04490025", status: "priced",
  },
  {
    name: "Anthropic, a cache write for an hour",
    raw: message(10, 5, written(0, 1000)),
    rates: "sonnet", buckets: { freshInputTokens: 10, cacheWrite1hTokens: 1000, visibleOutputTokens: 5 },
    sum: "10 × 3 + 1000 × 6 + 5 × 15", cost: "0.006105", status: "priced",
  },
  {
    name: "Anthropic, both cache writes and a read",
    raw: message(50, 100, { cache_read_input_tokens: 10_000, ...written(300, 700) }),
    rates: "sonnet", buckets: { freshInputTokens: 50, cacheReadTokens: 10_000, cacheWrite5mTokens: 300, cacheWrite1hTokens: 700, visibleOutputTokens: 100 },
    sum: "50 × 3 + 10000 × 0.3 + 300 × 3.75 + 700 × 6 + 100 × 15", cost: "0.009975", status: "priced",
  },
  {
    name: "Anthropic, a write for an hour of a model without that rate: at that of five minutes, as an estimate",
    raw: message(0, 0, written(0, 1000)),
    rates: "opus", buckets: { cacheWrite1hTokens: 1000 },
    sum: "1000 × 6.25", cost: "0.00625", status: "estimated",
  },
  {
    name: "Anthropic stream, writes without their split",
    raw: message(10, 5, { cache_creation_input_tokens: 1000 }),
    rates: "sonnet", buckets: { freshInputTokens: 10, cacheWrite5mTokens: 1000, visibleOutputTokens: 5 },
    sum: "10 × 3 + 1000 × 3.75 + 5 × 15", cost: "0.003855", status: "priced",
  },
  {
    name: "Anthropic, the last token below the long-context tier, nearly all of it cached",
    raw: message(1, 1, { cache_read_input_tokens: 199_999 }),
    rates: "sonnet", buckets: { freshInputTokens: 1, cacheReadTokens: 199_999, visibleOutputTokens: 1 },
    sum: "1 × 3 + 199999 × 0.3 + 1 × 15", cost: "0.0600177", status: "priced",
  },
  {
    name: "Anthropic, the first token of it",
    raw: message(2, 1, { cache_read_input_tokens: 199_999 }),
    rates: "sonnet", buckets: { freshInputTokens: 2, cacheReadTokens: 199_999, visibleOutputTokens: 1 },
    sum: "2 × 6 + 199999 × 0.6 + 1 × 22.5", cost: "0.1200339", status: "priced",
  },
  {
    name: "Anthropic, the tier reached by both cache writes",
    raw: message(0, 10, written(100_000, 100_001)),
    rates: "sonnet", buckets: { cacheWrite5mTokens: 100_000, cacheWrite1hTokens: 100_001, visibleOutputTokens: 10 },
    sum: "100000 × 7.5 + 100001 × 12 + 10 × 22.5", cost: "1.950237", status: "priced",
  },
  {
    name: "Anthropic, thinking is part of the output",
    raw: message(100, 500, { output_tokens_details: { thinking_tokens: 400 } }),
    rates: "sonnet", buckets: { freshInputTokens: 100, visibleOutputTokens: 100, reasoningTokens: 400 },
    sum: "100 × 3 + 100 × 15 + 400 × 15", cost: "0.0078", status: "priced",
  },
  {
    name: "Anthropic, three web searches at $10 a thousand: 10,000 millionths each (LL#42663)",
    raw: message(1000, 100, { server_tool_use: { web_search_requests: 3, web_fetch_requests: 1 } }),
    rates: "sonnet", buckets: { freshInputTokens: 1000, visibleOutputTokens: 100 }, units: { web_searches: "3" },
    sum: "1000 × 3 + 100 × 15 + 3 × 10000", cost: "0.0345", status: "priced",
  },
  {
    name: "Anthropic, web searches of a model without a rate for them: a lower bound",
    raw: message(1000, 100, { server_tool_use: { web_search_requests: 3 } }),
    rates: "haiku", buckets: { freshInputTokens: 1000, visibleOutputTokens: 100 }, units: { web_searches: "3" },
    sum: "1000 × 1 + 100 × 5", cost: "0.0015", status: "partial",
  },
  {
    name: "Anthropic, a compaction is billed though the sums above it leave it out (pydantic-ai#5065)",
    raw: message(23_000, 1000, { iterations: [{ type: "compaction", input_tokens: 180_000, output_tokens: 3500 }, { type: "message", input_tokens: 23_000, output_tokens: 1000 }] }),
    rates: "haiku", buckets: { freshInputTokens: 203_000, visibleOutputTokens: 4500 },
    sum: "203000 × 1 + 4500 × 5", cost: "0.2255", status: "priced",
  },
  {
    name: "Anthropic, a compaction that reads from the cache",
    raw: message(100, 10, { iterations: [{ type: "compaction", input_tokens: 0, cache_read_input_tokens: 5000, output_tokens: 20 }, { type: "message", input_tokens: 100, output_tokens: 10 }] }),
    rates: "haiku", buckets: { freshInputTokens: 100, cacheReadTokens: 5000, visibleOutputTokens: 30 },
    sum: "100 × 1 + 5000 × 0.1 + 30 × 5", cost: "0.00075", status: "priced",
  },
  {
    name: "Anthropic batch without rates of its own: half, as an estimate (dust-tt/dust#23702)",
    raw: message(1000, 200), call: { batch: true },
    rates: "sonnet", buckets: { freshInputTokens: 1000, visibleOutputTokens: 200 },
    sum: "1000 × 1.5 + 200 × 7.5", cost: "0.003", status: "estimated",
  },
  {
    name: "Anthropic batch by its own rates, cached input at its discount (LL#38341)",
    raw: message(100, 200, { cache_read_input_tokens: 8000 }), call: { batch: true },
    rates: "sonnetBatch", buckets: { freshInputTokens: 100, cacheReadTokens: 8000, visibleOutputTokens: 200 },
    sum: "100 × 1.5 + 8000 × 0.15 + 200 × 7.5", cost: "0.00285", status: "priced",
  },
  {
    name: "Anthropic batch halves tokens, not the fee for a search",
    raw: message(1000, 100, { server_tool_use: { web_search_requests: 1 } }), call: { batch: true },
    rates: "sonnet", buckets: { freshInputTokens: 1000, visibleOutputTokens: 100 }, units: { web_searches: "1" },
    sum: "1000 × 1.5 + 100 × 7.5 + 1 × 10000", cost: "0.01225", status: "estimated",
  },
  {
    name: "Anthropic priority tier without rates of its own: the standard ones, as an estimate",
    raw: message(1000, 200, { service_tier: "priority" }), call: { serviceTier: "priority" },
    rates: "sonnet", buckets: { freshInputTokens: 1000, visibleOutputTokens: 200 },
    sum: "1000 × 3 + 200 × 15", cost: "0.006", status: "estimated",
  },
  {
    name: "Anthropic stream left half-way: what it had told so far (LL#13245)",
    raw: { input_tokens: 25, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 1 }, call: { billed: "unknown" },
    rates: "sonnet", buckets: { freshInputTokens: 25, visibleOutputTokens: 1 },
    sum: "25 × 3 + 1 × 15", cost: "0.00009", status: "priced",
  },
  {
    name: "Anthropic refusal that is not billed costs nothing (LF#9038)",
    raw: message(5000, 0), call: { billed: "no" },
    rates: "sonnet", buckets: { freshInputTokens: 5000 },
    sum: "", cost: "0", status: "priced",
  },
  {
    name: "answered from an app's own cache: free, and known to be",
    raw: message(1000, 200), call: { cache: "exact" },
    rates: "sonnet", buckets: { freshInputTokens: 1000, visibleOutputTokens: 200 },
    sum: "", cost: "0", status: "priced",
  },
]; // prettier-ignore
