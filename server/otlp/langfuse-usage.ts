import type { Usage } from "@/server/calls/schemas";
import { readUsage } from "@/server/provider-usage/read-usage";

/** Names that say something else than a part of input or output. */
const totals = new Set(["input", "output", "total"]);

/**
 * Langfuse's `usageDetails`: a provider's own usage object, or Langfuse's map of disjoint buckets (`input` is what the
 * `input_…` beside it leave). Null when it tells nothing.
 */
export function fromUsageDetails(details: object): Usage | null {
  const entries = Object.entries(details).filter(
    (entry): entry is [string, number] => typeof entry[1] === "number",
  );
  const isMap = entries.length === Object.keys(details).length && entries.some(([name]) => totals.has(name));
  return isMap ? fromBuckets(new Map(entries)) : readUsage(details);
}

const isInput = (name: string) => name.startsWith("input_") || /^(cache|prompt)_.*tokens?$/.test(name);
const isOutput = (name: string) =>
  name.startsWith("output_") || name === "reasoning" || name === "reasoning_tokens";

function fromBuckets(counts: ReadonlyMap<string, number>): Usage | null {
  const sum = (of: (name: string) => boolean) => {
    let all = 0;
    for (const [name, count] of counts) if (of(name)) all += count;
    return all;
  };
  if (!counts.has("input") && !counts.has("output")) return null;
  const inputTokens = (counts.get("input") ?? 0) + sum(isInput);
  const outputTokens = (counts.get("output") ?? 0) + sum(isOutput);
  const isWrite = (name: string) => isInput(name) && /creation|write/.test(name);
  const cacheWrite1hTokens = sum((name) => isWrite(name) && name.endsWith("_1h"));
  const cacheWrite5mTokens = sum(isWrite) - cacheWrite1hTokens;
  const cacheReadTokens = sum((name) => isInput(name) && /cache/.test(name) && !isWrite(name));
  const audioInputTokens = sum((name) => isInput(name) && /audio/.test(name) && !/cache/.test(name));
  const reasoningTokens = sum((name) => isOutput(name) && /reasoning|thought|thinking/.test(name));
  const audioOutputTokens = sum((name) => isOutput(name) && /audio/.test(name));
  return {
    inputTokens,
    outputTokens,
    ...(cacheReadTokens !== 0 && { cacheReadTokens }),
    ...(cacheWrite5mTokens !== 0 && { cacheWrite5mTokens }),
    ...(cacheWrite1hTokens !== 0 && { cacheWrite1hTokens }),
    ...(audioInputTokens !== 0 && { audioInputTokens }),
    ...(reasoningTokens !== 0 && { reasoningTokens }),
    ...(audioOutputTokens !== 0 && { audioOutputTokens }),
  };
}
