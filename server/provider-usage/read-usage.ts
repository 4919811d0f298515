import { aiSdkUsage } from "./ai-sdk";
import { anthropic } from "./anthropic";
import { bedrock } from "./bedrock";
import { cohere } from "./cohere";
import { deepseek } from "./deepseek";
import { at, has, reader, type UsageReader } from "./fields";
import { gemini } from "./gemini";
import { groq } from "./groq";
import { mistral } from "./mistral";
import { openAiChat } from "./openai-chat";
import { openAiResponses } from "./openai-responses";
import { xai } from "./xai";

/**
 * Tells by its shape whose usage object this is and reads it; a whole response that holds one will do. Null when it is none
 * that we know or contradicts itself: the call is then better stored as unpriced than with a guess.
 */
export const readUsage: UsageReader = reader((raw) => {
  const read = readerFor(raw);
  if (read) return read(raw);
  const inner = at(raw, "usage") ?? at(raw, "usageMetadata") ?? at(raw, "usage_metadata");
  return readerFor(inner)?.(inner) ?? null;
});

function readerFor(raw: unknown): UsageReader | null {
  if (typeof at(raw, "tokens") === "number") return aiSdkUsage;
  if (has(raw, "billed_units", "billedUnits", "tokens")) return cohere;
  if (has(raw, "x_groq")) return groq;
  if (has(raw, "prompt_tokens", "completion_tokens", "prompt_cache_hit_tokens")) return chatReader(raw);
  if (has(raw, "promptTokenCount", "candidatesTokenCount", "totalTokenCount")) return gemini;
  if (has(raw, "prompt_token_count", "candidates_token_count", "total_token_count")) return gemini;
  if (has(raw, "input_tokens", "output_tokens")) return isAnthropic(raw) ? anthropic : openAiResponses;
  if (at(raw, "type") === "duration") return openAiResponses;
  if (has(raw, "cacheReadInputTokens", "cacheWriteInputTokens", "cacheReadInputTokenCount")) return bedrock;
  if (has(raw, "inputTokens", "outputTokens", "promptTokens", "completionTokens")) return aiSdkUsage;
  return null;
}

function chatReader(raw: unknown): UsageReader {
  if (has(raw, "num_cached_tokens", "prompt_audio_seconds")) return mistral;
  if (has(raw, "prompt_cache_hit_tokens", "prompt_cache_miss_tokens")) return deepseek;
  return has(raw, "cost_in_usd_ticks", "num_sources_used") ? xai : openAiChat;
}

/** Both say `input_tokens`; only OpenAI's comes with a total or with details of the input. */
function isAnthropic(raw: unknown): boolean {
  if (has(raw, "total_tokens", "input_tokens_details", "input_token_details")) return false;
  return (
    has(
      raw,
      "cache_read_input_tokens",
      "cache_creation_input_tokens",
      "cache_creation",
      "server_tool_use",
      "iterations",
    ) || has(at(raw, "output_tokens_details"), "thinking_tokens")
  );
}
