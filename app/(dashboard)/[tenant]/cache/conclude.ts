import type { CacheRow } from "@/server/analytics/cache/cache-schemas";
import { toGeometry } from "@/app/_format/money";

/** Input that a cache answers less of than this could gain from one. */
const lowHitRate = 0.2;
/** Less of all fresh input than this is not worth a sentence. */
const worthSaying = 0.1;

export interface CacheChance {
  key: string | null;
  freshTokens: number;
  /** Of the fresh input of everything, a fraction of 1. */
  shareOfFresh: number;
  hitRate: number;
}

interface Everything {
  inputTokens: number;
  cacheReadTokens: number;
}

/** The group that sends the most input past the cache, where that is a good part of all and few of its tokens hit. */
export function largestChance(
  rows: readonly Pick<CacheRow, "key" | "current">[],
  { inputTokens, cacheReadTokens }: Everything,
): CacheChance | null {
  const fresh = inputTokens - cacheReadTokens;
  return rows
    .flatMap(({ key, current }) => {
      const freshTokens = current.inputTokens - current.cacheReadTokens;
      const hitRate = current.hitRate === null ? null : toGeometry(current.hitRate);
      return hitRate !== null && hitRate < lowHitRate && freshTokens > 0 && freshTokens / fresh >= worthSaying
        ? [{ key, freshTokens, shareOfFresh: freshTokens / fresh, hitRate }]
        : [];
    })
    .reduce<CacheChance | null>(
      (most, one) => (most && most.freshTokens >= one.freshTokens ? most : one),
      null,
    );
}
