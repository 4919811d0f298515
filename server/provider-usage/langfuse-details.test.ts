import { expect, it } from "vitest";
import { langfuseDetails } from "./langfuse-details";

const cases: [name: string, details: Record<string, unknown>, usage: object | undefined][] = [
  ["plain totals", { input: 100, output: 20, total: 120 }, { inputTokens: 100, outputTokens: 20 }],
  ["an embedding", { input: 7, total: 7 }, { inputTokens: 7 }],
  ["zeroes", { input: 0, output: 0, total: 0 }, { inputTokens: 0, outputTokens: 0 }],
  [
    "OpenAI taken apart: input has lost its cached part",
    { input: 60, input_cached_tokens: 40, output: 5, output_reasoning_tokens: 15, total: 120 },
    { inputTokens: 100, outputTokens: 20, cacheReadTokens: 40, reasoningTokens: 15 },
  ],
  [
    "Langfuse's own names of the cache",
    { input: 10, input_cache_read: 200, input_cache_creation: 30, output: 1 },
    { inputTokens: 240, outputTokens: 1, cacheReadTokens: 200, cacheWrite5mTokens: 30 },
  ],
  [
    "writes of both lengths",
    { input: 10, input_cache_creation_5m: 3, input_cache_creation_1h: 4, output: 1 },
    { inputTokens: 17, outputTokens: 1, cacheWrite5mTokens: 3, cacheWrite1hTokens: 4 },
  ],
  [
    "writes as a whole and again in parts are one quantity",
    { input: 10, input_cache_creation: 7, input_ephemeral_5m_input_tokens: 3, input_ephemeral_1h_input_tokens: 4, output: 1 },
    { inputTokens: 17, outputTokens: 1, cacheWrite5mTokens: 3, cacheWrite1hTokens: 4 },
  ],
  [
    "a whole that is more than its parts",
    { input: 0, input_cache_creation: 9, input_cache_creation_1h: 4, output: 0 },
    { inputTokens: 9, outputTokens: 0, cacheWrite5mTokens: 5, cacheWrite1hTokens: 4 },
  ],
  [
    "Anthropic's names, beside the input",
    { input: 12, cache_read_input_tokens: 500, cache_creation_input_tokens: 80, output: 9 },
    { inputTokens: 592, outputTokens: 9, cacheReadTokens: 500, cacheWrite5mTokens: 80 },
  ],
  [
    "audio on both sides",
    { input: 5, input_audio_tokens: 6, output: 7, output_audio_tokens: 8 },
    { inputTokens: 11, outputTokens: 15, audioInputTokens: 6, audioOutputTokens: 8 },
  ],
  [
    "cached audio is cached",
    { input: 5, input_cached_audio_tokens: 6, output: 7 },
    { inputTokens: 11, outputTokens: 7, cacheReadTokens: 6 },
  ],
  [
    "parts without a bucket of ours count as tokens",
    { input: 5, input_image_tokens: 6, output: 7, output_accepted_prediction_tokens: 2 },
    { inputTokens: 11, outputTokens: 9 },
  ],
  ["reasoning without the side", { input: 1, output: 2, reasoning_tokens: 3 }, { inputTokens: 1, outputTokens: 5, reasoningTokens: 3 }],
  ["older names", { promptTokens: 8, completionTokens: 2, totalTokens: 10 }, { inputTokens: 8, outputTokens: 2 }],
  [
    "an OpenAI object that was not taken apart",
    { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120, prompt_tokens_details: { cached_tokens: 40 } },
    { inputTokens: 100, outputTokens: 20, cacheReadTokens: 40 },
  ],
  [
    "a responses object that was not taken apart",
    { input_tokens: 100, output_tokens: 20, output_tokens_details: { reasoning_tokens: 12 } },
    { inputTokens: 100, outputTokens: 20, reasoningTokens: 12 },
  ],
  ["values that are no numbers are passed over", { input: 5, input_note: "x", output: null }, { inputTokens: 5 }],
  ["only a total", { total: 100 }, undefined],
  ["nothing", {}, undefined],
  ["units of something else", { characters: 400 }, undefined],
  ["a negative part", { input: -5, output: 1 }, undefined],
  ["a fraction", { input: 1.5, output: 1 }, undefined],
  ["no number", { input: Number.NaN, output: 1 }, undefined],
  ["beyond all measure", { input: 1e15, output: 1 }, undefined],
]; // prettier-ignore

it.each(cases)("reads %s", (_name, details, usage) => {
  expect(langfuseDetails(details)).toEqual(usage);
});
