import { describe, expect, it } from "vitest";
import { Usage } from "@/server/calls/schemas";
import { toBuckets } from "@/server/calls/token-buckets";
import { aiSdk } from "./ai-sdk";
import { openAiChat } from "./openai-chat";
import { readUsage } from "./read-usage";
import { xai } from "./xai";

const cases: [string, unknown, Usage | null][] = [
  ["OpenAI chat", { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13, prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0 }, completion_tokens_details: { reasoning_tokens: 2, audio_tokens: 0 } }, { inputTokens: 10, outputTokens: 3, cacheReadTokens: 4, reasoningTokens: 2 }],
  ["OpenAI embeddings", { prompt_tokens: 10, total_tokens: 10 }, { inputTokens: 10 }],
  ["OpenAI responses", { input_tokens: 10, output_tokens: 3, total_tokens: 13, input_tokens_details: { cached_tokens: 4 }, output_tokens_details: { reasoning_tokens: 2 } }, { inputTokens: 10, outputTokens: 3, cacheReadTokens: 4, reasoningTokens: 2 }],
  ["OpenAI responses that write to the cache", { input_tokens: 2600, output_tokens: 3, total_tokens: 2603, input_tokens_details: { cached_tokens: 2000, cache_write_tokens: 400 } }, { inputTokens: 2600, outputTokens: 3, cacheReadTokens: 2000, cacheWrite5mTokens: 400 }],
  ["OpenAI realtime, part of the audio cached", { input_tokens: 1459, output_tokens: 396, total_tokens: 1855, input_token_details: { text_tokens: 1349, audio_tokens: 110, cached_tokens: 1408, cached_tokens_details: { text_tokens: 1344, audio_tokens: 64 } }, output_token_details: { text_tokens: 97, audio_tokens: 299 } }, { inputTokens: 1459, outputTokens: 396, cacheReadTokens: 1408, audioInputTokens: 46, audioOutputTokens: 299 }],
  ["audio and cache that overlap, nobody says by how much", { prompt_tokens: 100, completion_tokens: 0, prompt_tokens_details: { cached_tokens: 80, audio_tokens: 50 } }, { inputTokens: 100, outputTokens: 0, cacheReadTokens: 80, audioInputTokens: 20 }],
  ["whisper-1, by the second", { type: "duration", seconds: 12.5 }, { units: { audio_seconds: "12.5" } }],
  ["Azure, with its null details", { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13, prompt_tokens_details: null, completion_tokens_details: null }, { inputTokens: 10, outputTokens: 3 }],
  ["Anthropic", { input_tokens: 10, cache_read_input_tokens: 100, cache_creation_input_tokens: 30, cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 }, output_tokens: 5, service_tier: "standard" }, { inputTokens: 140, outputTokens: 5, cacheReadTokens: 100, cacheWrite5mTokens: 10, cacheWrite1hTokens: 20 }],
  ["Anthropic without cache", { input_tokens: 10, output_tokens: 5, cache_creation_input_tokens: null, cache_read_input_tokens: null, server_tool_use: null }, { inputTokens: 10, outputTokens: 5 }],
  ["Anthropic that thinks and searches", { input_tokens: 10, output_tokens: 50, output_tokens_details: { thinking_tokens: 40 }, server_tool_use: { web_search_requests: 3 } }, { inputTokens: 10, outputTokens: 50, reasoningTokens: 40, units: { web_searches: "3" } }],
  ["Anthropic after a compaction", { input_tokens: 23_000, output_tokens: 1_000, iterations: [{ type: "compaction", input_tokens: 180_000, output_tokens: 3_500 }, { type: "message", input_tokens: 23_000, output_tokens: 1_000 }] }, { inputTokens: 203_000, outputTokens: 4_500 }],
  ["Anthropic whose split exceeds its sum", { input_tokens: 1, output_tokens: 1, cache_creation_input_tokens: 5, cache_creation: { ephemeral_5m_input_tokens: 9 } }, null],
  ["Gemini", { promptTokenCount: 151, candidatesTokenCount: 1089, totalTokenCount: 20_689, toolUsePromptTokenCount: 18_329, thoughtsTokenCount: 1120 }, { inputTokens: 18_480, outputTokens: 2209, reasoningTokens: 1120 }],
  ["Gemini on an older Vertex, thoughts inside", { promptTokenCount: 10, candidatesTokenCount: 30, totalTokenCount: 40, thoughtsTokenCount: 20 }, { inputTokens: 10, outputTokens: 30, reasoningTokens: 20 }],
  ["Gemini that only thought", { promptTokenCount: 10, thoughtsTokenCount: 20, totalTokenCount: 30 }, { inputTokens: 10, outputTokens: 20, reasoningTokens: 20 }],
  ["Gemini with audio and cache", { promptTokenCount: 100, cachedContentTokenCount: 60, candidatesTokenCount: 5, totalTokenCount: 105, promptTokensDetails: [{ modality: "TEXT", tokenCount: 50 }, { modality: "AUDIO", tokenCount: 50 }], cacheTokensDetails: [{ modality: "AUDIO", tokenCount: 30 }, { modality: "TEXT", tokenCount: 30 }] }, { inputTokens: 100, outputTokens: 5, cacheReadTokens: 60, audioInputTokens: 20 }],
  ["Gemini as Python spells it", { prompt_token_count: 10, candidates_token_count: 2, total_token_count: 12, cached_content_token_count: null }, { inputTokens: 10, outputTokens: 2 }],
  ["Bedrock", { inputTokens: 12, outputTokens: 5, totalTokens: 7537, cacheReadInputTokens: 0, cacheWriteInputTokens: 7520, cacheDetails: [{ ttl: "1h", inputTokens: 7000 }, { ttl: "5m", inputTokens: 520 }] }, { inputTokens: 7532, outputTokens: 5, cacheWrite5mTokens: 520, cacheWrite1hTokens: 7000 }],
  ["Mistral", { prompt_tokens: 1013, completion_tokens: 30, total_tokens: 1043, prompt_tokens_details: { cached_tokens: 1008 }, num_cached_tokens: 1008, prompt_audio_seconds: {} }, { inputTokens: 1013, outputTokens: 30, cacheReadTokens: 1008 }],
  ["Mistral that listens", { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13, prompt_audio_seconds: 7 }, { inputTokens: 10, outputTokens: 3, units: { input_audio_seconds: "7" } }],
  ["Groq's last chunk", { x_groq: { usage: { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13, queue_time: 0.1 } } }, { inputTokens: 10, outputTokens: 3 }],
  ["DeepSeek", { prompt_tokens: 10, completion_tokens: 9, total_tokens: 19, prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 6, completion_tokens_details: { reasoning_tokens: 7 } }, { inputTokens: 10, outputTokens: 9, cacheReadTokens: 4, reasoningTokens: 7 }],
  ["DeepSeek by its hits and misses alone", { prompt_cache_hit_tokens: 4, prompt_cache_miss_tokens: 6, completion_tokens: 1 }, { inputTokens: 10, outputTokens: 1, cacheReadTokens: 4 }],
  ["x.ai, whose own total tells", { prompt_tokens: 32, completion_tokens: 9, total_tokens: 135, completion_tokens_details: { reasoning_tokens: 94 } }, { inputTokens: 32, outputTokens: 103, reasoningTokens: 94 }],
  ["cache and reasoning both beside, as the total tells", { prompt_tokens: 10, completion_tokens: 5, total_tokens: 135, prompt_tokens_details: { cached_tokens: 100 }, completion_tokens_details: { reasoning_tokens: 20 } }, { inputTokens: 110, outputTokens: 25, cacheReadTokens: 100, reasoningTokens: 20 }],
  ["x.ai's responses", { input_tokens: 125, output_tokens: 48, total_tokens: 173, input_tokens_details: { cached_tokens: 98 }, output_tokens_details: { reasoning_tokens: 8 } }, { inputTokens: 125, outputTokens: 48, cacheReadTokens: 98, reasoningTokens: 8 }],
  ["LiteLLM, Anthropic's cache told twice", { prompt_tokens: 140, completion_tokens: 5, total_tokens: 145, prompt_tokens_details: { cached_tokens: 100, cache_creation_tokens: 30, cache_creation_token_details: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 } }, cache_read_input_tokens: 100, cache_creation_input_tokens: 30 }, { inputTokens: 140, outputTokens: 5, cacheReadTokens: 100, cacheWrite5mTokens: 10, cacheWrite1hTokens: 20 }],
  ["LiteLLM of old, the cache beside the prompt", { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, cache_read_input_tokens: 100, cache_creation_input_tokens: 30 }, { inputTokens: 140, outputTokens: 5, cacheReadTokens: 100, cacheWrite5mTokens: 30 }],
  ["Cohere bills less than it reads", { billed_units: { input_tokens: 5, output_tokens: 7 }, tokens: { input_tokens: 71, output_tokens: 9 }, cached_tokens: 64 }, { inputTokens: 5, outputTokens: 7 }],
  ["Cohere's rerank", { billedUnits: { searchUnits: 2 } }, { units: { rerank_searches: "2" } }],
  ["AI SDK 4", { promptTokens: 10, completionTokens: 3, totalTokens: 13 }, { inputTokens: 10, outputTokens: 3 }],
  ["AI SDK 4 that does not know", { promptTokens: Number.NaN, completionTokens: Number.NaN, totalTokens: Number.NaN }, null],
  ["AI SDK 5", { inputTokens: 10, outputTokens: 9, totalTokens: 19, reasoningTokens: 7, cachedInputTokens: 4 }, { inputTokens: 10, outputTokens: 9, cacheReadTokens: 4, reasoningTokens: 7 }],
  ["AI SDK 5, the cache beside the input", { inputTokens: 10, outputTokens: 9, totalTokens: 19, cachedInputTokens: 400 }, { inputTokens: 410, outputTokens: 9, cacheReadTokens: 400 }],
  ["AI SDK 6", { inputTokens: 140, inputTokenDetails: { noCacheTokens: 10, cacheReadTokens: 100, cacheWriteTokens: 30 }, outputTokens: 9, outputTokenDetails: { textTokens: 2, reasoningTokens: 7 }, totalTokens: 149, raw: { cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 } } }, { inputTokens: 140, outputTokens: 9, cacheReadTokens: 100, cacheWrite5mTokens: 10, cacheWrite1hTokens: 20, reasoningTokens: 7 }],
  ["AI SDK 6 in middleware", { inputTokens: { total: 10, noCache: 6, cacheRead: 4 }, outputTokens: { total: 9, text: 2, reasoning: 7 } }, { inputTokens: 10, outputTokens: 9, cacheReadTokens: 4, reasoningTokens: 7 }],
  ["a whole response", { id: "r", usage: { prompt_tokens: 1, completion_tokens: 1 } }, { inputTokens: 1, outputTokens: 1 }],
  ["a whole response of Gemini", { usageMetadata: { promptTokenCount: 1, totalTokenCount: 1 } }, { inputTokens: 1, outputTokens: 0 }],
  ["more cached than sent, and no habit that explains it", { prompt_tokens: 4, completion_tokens: 1, total_tokens: 5, prompt_tokens_details: { cached_tokens: 5 } }, null],
  ["more reasoning than output, and no habit that explains it", { input_tokens: 4, output_tokens: 1, total_tokens: 5, output_tokens_details: { reasoning_tokens: 2 } }, null],
  ["a negative count", { prompt_tokens: 4, completion_tokens: -1 }, null],
  ["half a token", { input_tokens: 4.5, output_tokens: 1 }, null],
  ["a count in words", { prompt_tokens: "4", completion_tokens: 1 }, null],
  ["more than a billion", { prompt_tokens: 1_000_000_001, completion_tokens: 1 }, null],
]; // prettier-ignore

describe("readUsage", () => {
  it.each(cases)("%s", (_name, raw, expected) => {
    const usage = readUsage(raw);
    expect(usage).toEqual(expected);
    // What an adapter lets through, the ledger takes.
    if (usage) expect(toBuckets(Usage.parse(usage)).ok).toBe(true);
  });

  it.each([[null], [undefined], [3], ["usage"], [[]], [{}], [{ usage: {} }], [{ usage: null }], [{ prompt_tokens: {} }]])("%j is no usage", (raw) => {
    expect(readUsage(raw)).toBeNull();
  }); // prettier-ignore

  it("survives getters that throw and objects that hold themselves", () => {
    const poisoned = Object.defineProperty({ completion_tokens: 1 }, "prompt_tokens", {
      enumerable: true,
      get: () => {
        throw new Error("no");
      },
    });
    const circular: Record<string, unknown> = {};
    circular.usage = circular;
    expect([readUsage(poisoned), readUsage(circular), openAiChat(poisoned)]).toEqual([null, null, null]);
  });
});

it("knows x.ai's habit where no total tells, and only then", () => {
  const raw = {
    prompt_tokens: 3,
    completion_tokens: 2,
    completion_tokens_details: { reasoning_tokens: 317 },
  };
  expect(xai(raw)).toEqual({ inputTokens: 3, outputTokens: 319, reasoningTokens: 317 });
  expect(openAiChat(raw)).toBeNull();
  expect(xai({ ...raw, completion_tokens: 400, total_tokens: 403 })).toMatchObject({ outputTokens: 400 });
});

it("takes Anthropic's own figures before those of the AI SDK", () => {
  const own = {
    input_tokens: 10,
    cache_read_input_tokens: 5,
    cache_creation_input_tokens: 30,
    output_tokens: 5,
  };
  const usage = { inputTokens: 10, outputTokens: 5, cachedInputTokens: 5 };
  expect(aiSdk(usage, { anthropic: { usage: own } })).toMatchObject({
    inputTokens: 45,
    cacheWrite5mTokens: 30,
  });
  expect(aiSdk(usage, { openai: {} })).toMatchObject({ inputTokens: 10, cacheReadTokens: 5 });
});
