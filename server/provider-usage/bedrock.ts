import { at, reader, settle, tokensAt } from "./fields";

/** Amazon Bedrock's Converse: `inputTokens` leaves out what was read from and written to the cache, as Anthropic's does. */
export const bedrock = reader((raw) => {
  const input = tokensAt(raw, "inputTokens");
  const output = tokensAt(raw, "outputTokens");
  if (input === undefined && output === undefined) return null;
  const cacheRead = tokensAt(raw, "cacheReadInputTokens", "cacheReadInputTokenCount") ?? 0;
  const written = tokensAt(raw, "cacheWriteInputTokens", "cacheWriteInputTokenCount") ?? 0;
  const details = at(raw, "cacheDetails");
  const cacheWrite1h = (Array.isArray(details) ? (details as unknown[]) : [])
    .filter((detail) => at(detail, "ttl") === "1h")
    .reduce<number>((sum, detail) => sum + (tokensAt(detail, "inputTokens") ?? 0), 0);
  return settle({
    input: (input ?? 0) + cacheRead + written,
    output: output ?? 0,
    cacheRead,
    cacheWrite5m: written - cacheWrite1h,
    cacheWrite1h,
  });
});
