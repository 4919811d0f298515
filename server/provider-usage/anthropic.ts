import { at, type Figures, reader, settle, tokensAt, unit } from "./fields";

/**
 * Anthropic's messages: `input_tokens` is what stands after the last cache break, so that cache reads and writes come on
 * top. Thinking is part of the output.
 */
export const anthropic = reader((raw) => {
  const parts = [raw, ...compactions(raw)].map(figuresOf);
  const sum = (of: (figures: Figures) => number | undefined) =>
    parts.reduce((total, part) => total + (of(part) ?? 0), 0);
  if (parts.every(({ input, output }) => input === undefined && output === undefined)) return null;
  const cacheRead = sum((part) => part.cacheRead);
  const cacheWrite5m = sum((part) => part.cacheWrite5m);
  const cacheWrite1h = sum((part) => part.cacheWrite1h);
  return settle({
    input: sum((part) => part.input) + cacheRead + cacheWrite5m + cacheWrite1h,
    output: sum((part) => part.output),
    cacheRead,
    cacheWrite5m,
    cacheWrite1h,
    reasoning: sum((part) => part.reasoning),
    units: unit("web_searches", at(at(raw, "server_tool_use"), "web_search_requests")),
  });
});

/** Billed, yet in none of the figures above them (platform.claude.com, compaction: "understanding usage"). */
function compactions(raw: unknown): unknown[] {
  const iterations = at(raw, "iterations");
  if (!Array.isArray(iterations)) return [];
  return iterations.filter((iteration) => at(iteration, "type") === "compaction");
}

function figuresOf(raw: unknown): Figures {
  const split = at(raw, "cache_creation");
  const cacheWrite1h = tokensAt(split, "ephemeral_1h_input_tokens") ?? 0;
  const cacheWrite5m = tokensAt(split, "ephemeral_5m_input_tokens") ?? 0;
  const written = tokensAt(raw, "cache_creation_input_tokens") ?? cacheWrite5m + cacheWrite1h;
  return {
    input: tokensAt(raw, "input_tokens"),
    output: tokensAt(raw, "output_tokens"),
    cacheRead: tokensAt(raw, "cache_read_input_tokens"),
    // Streams bring the sum without the split; what no split claims lives for the usual five minutes.
    cacheWrite5m: written < cacheWrite5m + cacheWrite1h ? Number.NaN : written - cacheWrite1h,
    cacheWrite1h,
    reasoning: tokensAt(at(raw, "output_tokens_details"), "thinking_tokens"),
  };
}
