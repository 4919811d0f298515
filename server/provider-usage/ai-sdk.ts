import type { Usage } from "@/server/calls/schemas";
import { anthropic } from "./anthropic";
import { at, reader, settle, tokensAt } from "./fields";

/**
 * The AI SDK's usage: 4 (`promptTokens`), 5 (`inputTokens`, `cachedInputTokens`), 6 and 7 (`inputTokenDetails`), the nested
 * one that middleware of 6 and 7 sees, and that of embeddings (`tokens`).
 */
export const aiSdkUsage = reader((raw) => {
  const input = at(raw, "inputTokens");
  const output = at(raw, "outputTokens");
  const inputDetails = at(raw, "inputTokenDetails") ?? input;
  const outputDetails = at(raw, "outputTokenDetails") ?? output;
  const total = tokensAt(input, "total") ?? tokensAt(raw, "promptTokens", "tokens") ?? numberOr(input);
  const written = tokensAt(inputDetails, "cacheWriteTokens", "cacheWrite") ?? 0;
  // The SDK's own figures do not split writes by how long they live; the provider's, which it passes on, do.
  const split = at(at(raw, "raw"), "cache_creation") ?? at(at(raw, "raw"), "cacheCreation");
  const cacheWrite1h = Math.min(tokensAt(split, "ephemeral_1h_input_tokens") ?? 0, written);
  const cacheRead =
    tokensAt(inputDetails, "cacheReadTokens", "cacheRead") ?? tokensAt(raw, "cachedInputTokens") ?? 0;
  // Version 5 passes Anthropic's input on without its cache; more cached than sent gives it away.
  const isExclusive = total !== undefined && cacheRead + written > total;
  return settle({
    input: isExclusive ? total + cacheRead + written : total,
    output: tokensAt(output, "total") ?? tokensAt(raw, "completionTokens") ?? numberOr(output),
    cacheRead,
    cacheWrite5m: written - cacheWrite1h,
    cacheWrite1h,
    reasoning: tokensAt(outputDetails, "reasoningTokens", "reasoning") ?? tokensAt(raw, "reasoningTokens"),
  });
});

const numberOr = (value: unknown) => (typeof value === "number" ? value : undefined);

/** A step's usage. Anthropic's own figures go before the SDK's, whose versions 4 and 5 know nothing of cache writes. */
export function aiSdk(usage: unknown, providerMetadata?: unknown): Usage | null {
  return anthropicIn(providerMetadata) ?? aiSdkUsage(usage);
}

const anthropicIn = reader((providerMetadata) => {
  const own = at(at(providerMetadata, "anthropic"), "usage");
  return own === undefined || own === null ? null : anthropic(own);
});
