import type { UsageCase } from "./usage-case";

const chat = (prompt: number, completion: number, cached = 0, reasoning = 0) => ({
  prompt_tokens: prompt,
  completion_tokens: completion,
  total_tokens: prompt + completion,
  prompt_tokens_details: { cached_tokens: cached, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: reasoning, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
}); // prettier-ignore
const responses = (input: number, output: number, cached = 0, reasoning = 0, written = 0) => ({
  input_tokens: input,
  input_tokens_details: { cached_tokens: cached, cache_write_tokens: written },
  output_tokens: output,
  output_tokens_details: { reasoning_tokens: reasoning },
  total_tokens: input + output,
});

export const openAiCases: UsageCase[] = [
  {
    name: "OpenAI chat",
    raw: chat(1000, 200),
    rates: "gpt4o", buckets: { freshInputTokens: 1000, visibleOutputTokens: 200 },
    sum: "1000 × 2.5 + 200 × 10", cost: "0.0045", status: "priced",
  },
  {
    name: "OpenAI chat, cached input is part of the prompt (LL#6215)",
    raw: chat(2006, 300, 1920),
    rates: "gpt4o", buckets: { freshInputTokens: 86, cacheReadTokens: 1920, visibleOutputTokens: 300 },
    sum: "86 × 2.5 + 1920 × 1.25 + 300 × 10", cost: "0.005615", status: "priced",
  },
  {
    name: "OpenAI chat, the bill that shows that the prompt includes what is cached (LL#15945: $0.0379055)",
    raw: chat(9126, 3197, 4864),
    rates: "gpt5", buckets: { freshInputTokens: 4262, cacheReadTokens: 4864, visibleOutputTokens: 3197 },
    sum: "4262 × 1.25 + 4864 × 0.125 + 3197 × 10", cost: "0.0379055", status: "priced",
  },
  {
    name: "OpenAI chat, all of the prompt from the cache",
    raw: chat(1024, 1, 1024),
    rates: "gpt4o", buckets: { cacheReadTokens: 1024, visibleOutputTokens: 1 },
    sum: "1024 × 1.25 + 1 × 10", cost: "0.00129", status: "priced",
  },
  {
    name: "OpenAI responses, reasoning is part of the output: 1,970 tokens, not 2,926 (LF#11244)",
    raw: responses(22_118, 1970, 0, 956),
    rates: "gpt5", buckets: { freshInputTokens: 22_118, visibleOutputTokens: 1014, reasoningTokens: 956 },
    sum: "22118 × 1.25 + 1014 × 10 + 956 × 10", cost: "0.0473475", status: "priced",
  },
  {
    name: "OpenAI chat, reasoning without a rate of its own costs what output does, not nothing (LF#16508)",
    raw: chat(100, 500, 0, 450),
    rates: "gpt5", buckets: { freshInputTokens: 100, visibleOutputTokens: 50, reasoningTokens: 450 },
    sum: "100 × 1.25 + 50 × 10 + 450 × 10", cost: "0.005125", status: "priced",
  },
  {
    name: "OpenAI responses, cached input beside plain (ls1intum/edutelligence#892)",
    raw: responses(5000, 100, 4096),
    rates: "gpt4o", buckets: { freshInputTokens: 904, cacheReadTokens: 4096, visibleOutputTokens: 100 },
    sum: "904 × 2.5 + 4096 × 1.25 + 100 × 10", cost: "0.00838", status: "priced",
  },
  {
    name: "OpenAI default service",
    raw: chat(10_000, 500, 2000), call: { serviceTier: "default" },
    rates: "gpt5", buckets: { freshInputTokens: 8000, cacheReadTokens: 2000, visibleOutputTokens: 500 },
    sum: "8000 × 1.25 + 2000 × 0.125 + 500 × 10", cost: "0.01525", status: "priced",
  },
  {
    name: "OpenAI flex",
    raw: chat(10_000, 500, 2000), call: { serviceTier: "flex" },
    rates: "gpt5", buckets: { freshInputTokens: 8000, cacheReadTokens: 2000, visibleOutputTokens: 500 },
    sum: "8000 × 0.625 + 2000 × 0.0625 + 500 × 5", cost: "0.007625", status: "priced",
  },
  {
    name: "OpenAI priority",
    raw: chat(10_000, 500, 2000), call: { serviceTier: "priority" },
    rates: "gpt5", buckets: { freshInputTokens: 8000, cacheReadTokens: 2000, visibleOutputTokens: 500 },
    sum: "8000 × 2.5 + 2000 × 0.25 + 500 × 20", cost: "0.0305", status: "priced",
  },
  {
    name: "OpenAI scale tier, paid by the month: what it would have cost, as an estimate",
    raw: chat(10_000, 500, 2000), call: { serviceTier: "scale" },
    rates: "gpt5", buckets: { freshInputTokens: 8000, cacheReadTokens: 2000, visibleOutputTokens: 500 },
    sum: "8000 × 1.25 + 2000 × 0.125 + 500 × 10", cost: "0.01525", status: "estimated",
  },
  {
    name: "OpenAI batch, cached input at the batch's own rate for it (LL#38341)",
    raw: chat(10_000, 500, 8000), call: { batch: true },
    rates: "gpt5", buckets: { freshInputTokens: 2000, cacheReadTokens: 8000, visibleOutputTokens: 500 },
    sum: "2000 × 0.625 + 8000 × 0.0625 + 500 × 5", cost: "0.00425", status: "priced",
  },
  {
    name: "OpenAI batch without rates of its own: half, and said to be an estimate",
    raw: chat(1000, 100, 400), call: { batch: true },
    rates: "gpt4o", buckets: { freshInputTokens: 600, cacheReadTokens: 400, visibleOutputTokens: 100 },
    sum: "600 × 1.25 + 400 × 0.625 + 100 × 5", cost: "0.0015", status: "estimated",
  },
  {
    name: "OpenAI responses that read from the cache and write to it",
    raw: responses(2600, 100, 2000, 0, 400),
    rates: "gpt56", buckets: { freshInputTokens: 200, cacheReadTokens: 2000, cacheWrite5mTokens: 400, visibleOutputTokens: 100 },
    sum: "200 × 5 + 2000 × 0.5 + 400 × 6.25 + 100 × 30", cost: "0.0075", status: "priced",
  },
  {
    name: "OpenAI, the last token below the long-context tier",
    raw: chat(272_000, 10),
    rates: "gpt56", buckets: { freshInputTokens: 272_000, visibleOutputTokens: 10 },
    sum: "272000 × 5 + 10 × 30", cost: "1.3603", status: "priced",
  },
  {
    name: "OpenAI, the first token of it",
    raw: chat(272_001, 10),
    rates: "gpt56", buckets: { freshInputTokens: 272_001, visibleOutputTokens: 10 },
    sum: "272001 × 10 + 10 × 45", cost: "2.72046", status: "priced",
  },
  {
    name: "OpenAI, a tier is reached by cached input, too, and holds for it",
    raw: chat(300_000, 0, 299_000),
    rates: "gpt56", buckets: { freshInputTokens: 1000, cacheReadTokens: 299_000 },
    sum: "1000 × 10 + 299000 × 1", cost: "0.309", status: "priced",
  },
  {
    name: "OpenAI audio both ways",
    raw: { ...chat(100, 80), prompt_tokens_details: { cached_tokens: 0, audio_tokens: 60 }, completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 50 } },
    rates: "audio", buckets: { freshInputTokens: 40, audioInputTokens: 60, visibleOutputTokens: 30, audioOutputTokens: 50 },
    sum: "40 × 2.5 + 60 × 40 + 30 × 10 + 50 × 80", cost: "0.0068", status: "priced",
  },
  {
    name: "OpenAI realtime, part of the audio from the cache (openai-dotnet#1045)",
    raw: {
      input_tokens: 1459, output_tokens: 396, total_tokens: 1855,
      input_token_details: { text_tokens: 1349, audio_tokens: 110, cached_tokens: 1408, cached_tokens_details: { text_tokens: 1344, audio_tokens: 64 } },
      output_token_details: { text_tokens: 97, audio_tokens: 299 },
    },
    rates: "realtime", buckets: { freshInputTokens: 5, cacheReadTokens: 1408, audioInputTokens: 46, visibleOutputTokens: 97, audioOutputTokens: 299 },
    sum: "5 × 4 + 1408 × 0.4 + 46 × 32 + 97 × 16 + 299 × 64", cost: "0.0227432", status: "priced",
  },
  {
    name: "OpenAI shape, cached tokens that overlap audio are billed once (LL#37407)",
    raw: { ...chat(100, 0), prompt_tokens_details: { cached_tokens: 80, audio_tokens: 50 } },
    rates: "realtime", buckets: { cacheReadTokens: 80, audioInputTokens: 20 },
    sum: "80 × 0.4 + 20 × 32", cost: "0.000672", status: "priced",
  },
  {
    name: "OpenAI audio of a model without a rate for it: a lower bound, and said to be",
    raw: { ...chat(100, 10), prompt_tokens_details: { audio_tokens: 60 } },
    rates: "gpt4o", buckets: { freshInputTokens: 40, audioInputTokens: 60, visibleOutputTokens: 10 },
    sum: "40 × 2.5 + 10 × 10", cost: "0.0002", status: "partial",
  },
  {
    name: "OpenAI transcription by tokens",
    raw: { type: "tokens", input_tokens: 200, input_token_details: { text_tokens: 10, audio_tokens: 190 }, output_tokens: 45, total_tokens: 245 },
    rates: "audio", buckets: { freshInputTokens: 10, audioInputTokens: 190, visibleOutputTokens: 45 },
    sum: "10 × 2.5 + 190 × 40 + 45 × 10", cost: "0.008075", status: "priced",
  },
  {
    name: "OpenAI transcription by the second: $0.36 an hour is 100 millionths a second",
    raw: { type: "duration", seconds: 90 },
    rates: "whisper", buckets: {}, units: { audio_seconds: "90" },
    sum: "90 × 100", cost: "0.009", status: "priced",
  },
  {
    name: "OpenAI embeddings",
    raw: { prompt_tokens: 8000, total_tokens: 8000 },
    rates: "embedding", buckets: { freshInputTokens: 8000 },
    sum: "8000 × 0.02", cost: "0.00016", status: "priced",
  },
  {
    name: "OpenAI predicted output that was rejected is output",
    raw: { ...chat(100, 300), completion_tokens_details: { accepted_prediction_tokens: 100, rejected_prediction_tokens: 50 } },
    rates: "gpt4o", buckets: { freshInputTokens: 100, visibleOutputTokens: 300 },
    sum: "100 × 2.5 + 300 × 10", cost: "0.00325", status: "priced",
  },
  {
    name: "Azure, details null",
    raw: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100, prompt_tokens_details: null, completion_tokens_details: null },
    rates: "gpt4o", buckets: { freshInputTokens: 1000, visibleOutputTokens: 100 },
    sum: "1000 × 2.5 + 100 × 10", cost: "0.0035", status: "priced",
  },
  {
    name: "Azure, cached input and reasoning",
    raw: chat(1500, 400, 1024, 320),
    rates: "gpt5", buckets: { freshInputTokens: 476, cacheReadTokens: 1024, visibleOutputTokens: 80, reasoningTokens: 320 },
    sum: "476 × 1.25 + 1024 × 0.125 + 80 × 10 + 320 × 10", cost: "0.004723", status: "priced",
  },
  {
    name: "a stream without include_usage is unpriced, not $0 (Portkey's page)",
    raw: null,
    rates: "gpt4o", buckets: {},
    sum: "", cost: null, status: "unpriced",
  },
  {
    name: "details that exceed their total are refused rather than guessed (LF#14987)",
    raw: { ...chat(50, 102), completion_tokens_details: { reasoning_tokens: 109 } },
    rates: "gpt5", buckets: {},
    sum: "", cost: null, status: "unpriced",
  },
]; // prettier-ignore
