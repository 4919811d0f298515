import type { Usage } from "@/server/calls/schemas";
import { at, countOf, fieldsOf, type Fields } from "./fields";

const first = (fields: Fields, ...keys: string[]): number | undefined => {
  for (const key of keys) {
    const count = countOf(at(fields, key));
    if (count !== undefined) return count;
  }
  return undefined;
};

/** Cache writes by how long they are kept; what no detail claims was kept for the usual five minutes. */
function cacheWrites(usage: Fields, details: Fields): { short: number; long: number } {
  const split = [
    fieldsOf(at(usage, "cache_creation")),
    fieldsOf(at(usage, "cache_creation_token_details")),
    fieldsOf(at(details, "cache_creation_token_details")),
  ];
  const of = (key: string) => split.map((part) => first(part, key)).find((count) => count !== undefined) ?? 0;
  const long = of("ephemeral_1h_input_tokens");
  const all =
    first(usage, "cache_creation_input_tokens") ??
    first(details, "cache_creation_tokens", "cache_write_tokens") ??
    of("ephemeral_5m_input_tokens") + long;
  return { short: Math.max(all - long, 0), long };
}

/**
 * LiteLLM's counts as ours. Its totals are OpenAI's kind (cached input and reasoning included) for every provider.
 * @returns undefined when the payload counts nothing at all, which is "unknown" and not zero
 */
export function usageOf(payload: Fields): Usage | undefined {
  const metadata = fieldsOf(at(payload, "metadata"));
  const usage = fieldsOf(
    at(metadata, "usage_object") ?? at(fieldsOf(at(payload, "hidden_params")), "usage_object"),
  );
  const input = fieldsOf(at(usage, "prompt_tokens_details") ?? at(usage, "input_tokens_details"));
  const output = fieldsOf(at(usage, "completion_tokens_details") ?? at(usage, "output_tokens_details"));

  const promptTokens = first(payload, "prompt_tokens") ?? first(usage, "prompt_tokens", "input_tokens") ?? 0;
  const outputTokens =
    first(payload, "completion_tokens") ?? first(usage, "completion_tokens", "output_tokens") ?? 0;
  const cacheReadTokens =
    first(usage, "cache_read_input_tokens", "prompt_cache_hit_tokens") ?? first(input, "cached_tokens") ?? 0;
  const writes = cacheWrites(usage, input);
  const cached = cacheReadTokens + writes.short + writes.long;
  // Versions before late 2024 passed Anthropic's own count on, which is of fresh input alone. It shows when the cached
  // parts do not fit into the total; where they happen to fit it cannot be told.
  const inputTokens = cached > promptTokens ? promptTokens + cached : promptTokens;
  // OpenAI counts cached audio as cached and as audio. The cache's rate is the one that is billed.
  const audioInputTokens = Math.min(first(input, "audio_tokens") ?? 0, inputTokens - cached);
  const reasoning = first(output, "reasoning_tokens") ?? 0;
  const audioOutputTokens = first(output, "audio_tokens") ?? 0;
  const units = unitsOf(usage, input);
  if (inputTokens === 0 && outputTokens === 0 && units === undefined) return undefined;
  return {
    inputTokens,
    // Some providers (xAI) leave reasoning out of the output; then the parts do not fit either.
    outputTokens: reasoning + audioOutputTokens > outputTokens ? outputTokens + reasoning : outputTokens,
    ...(cacheReadTokens > 0 && { cacheReadTokens }),
    ...(writes.short > 0 && { cacheWrite5mTokens: writes.short }),
    ...(writes.long > 0 && { cacheWrite1hTokens: writes.long }),
    ...(audioInputTokens > 0 && { audioInputTokens }),
    ...(reasoning > 0 && { reasoningTokens: reasoning }),
    ...(audioOutputTokens > 0 && { audioOutputTokens }),
    ...(units && { units }),
  };
}

/** What is paid besides tokens. */
function unitsOf(usage: Fields, input: Fields): Record<string, string> | undefined {
  const searches =
    first(fieldsOf(at(usage, "server_tool_use")), "web_search_requests") ??
    first(input, "web_search_requests") ??
    0;
  const seconds = at(usage, "type") === "duration" ? (first(usage, "seconds") ?? 0) : 0;
  const units = {
    ...(searches > 0 && { web_searches: String(searches) }),
    ...(seconds > 0 && { audio_seconds: seconds.toFixed(6).replace(/\.?0+$/, "") }),
  };
  return Object.keys(units).length > 0 ? units : undefined;
}
