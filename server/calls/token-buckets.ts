import type { BucketUnits } from "@/server/prices/buckets";
import type { Usage } from "./schemas";

export type BucketsOrFault = { ok: true; units: BucketUnits } | { ok: false; field: string; message: string };

/**
 * Splits totals into disjoint buckets: fresh input is what the named parts of the input leave, visible output likewise.
 * Parts above their total are refused, because one of the two figures is wrong and we cannot know which.
 */
export function toBuckets(usage: Usage): BucketsOrFault {
  const cacheReadTokens = usage.cacheReadTokens ?? 0;
  const cacheWrite5mTokens = usage.cacheWrite5mTokens ?? 0;
  const cacheWrite1hTokens = usage.cacheWrite1hTokens ?? 0;
  const audioInputTokens = usage.audioInputTokens ?? 0;
  const reasoningTokens = usage.reasoningTokens ?? 0;
  const audioOutputTokens = usage.audioOutputTokens ?? 0;
  const inputParts = cacheReadTokens + cacheWrite5mTokens + cacheWrite1hTokens + audioInputTokens;
  const outputParts = reasoningTokens + audioOutputTokens;
  const freshInputTokens = (usage.inputTokens ?? 0) - inputParts;
  const visibleOutputTokens = (usage.outputTokens ?? 0) - outputParts;
  if (freshInputTokens < 0) {
    return {
      ok: false,
      field: "usage.inputTokens",
      message: `the parts (${inputParts}) exceed the total (${usage.inputTokens ?? 0}); inputTokens includes cached and audio tokens`,
    };
  }
  if (visibleOutputTokens < 0) {
    return {
      ok: false,
      field: "usage.outputTokens",
      message: `the parts (${outputParts}) exceed the total (${usage.outputTokens ?? 0}); outputTokens includes reasoning and audio tokens`,
    };
  }
  return {
    ok: true,
    units: {
      freshInputTokens,
      cacheReadTokens,
      cacheWrite5mTokens,
      cacheWrite1hTokens,
      audioInputTokens,
      visibleOutputTokens,
      reasoningTokens,
      audioOutputTokens,
      toolUnits: usage.toolUnits ?? 0,
    },
  };
}
