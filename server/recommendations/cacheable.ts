import { Usd } from "@/server/prices/decimal";

/** Tokens of a beginning that providers keep at least; shorter ones are not cached. */
export const fewestCachedTokens = 1_024;
/** Of the input, up to which hardly any is read from a cache. */
export const shareRead = 0.25;
/** Of the calls, how many have to follow another of the same version within five minutes. */
export const shareFollowing = 0.4;
export const fewestCalls = 100;

export interface PromptUse {
  calls: number;
  /** Calls within five minutes of one before, of the same version and model. */
  following: number;
  inputTokens: number;
  freshTokens: number;
  readTokens: number;
  /** Fresh tokens of the shortest calls (the 5th percentile). */
  prefixTokens: number;
}

/** USD that a token read, and one written, costs more than a fresh one (below 0: less). */
export interface CachePremiums {
  read: Usd;
  /** Null: this provider takes nothing for writing. */
  write: Usd | null;
}

export interface CacheSaving {
  saving: Usd;
  low: Usd;
  high: Usd;
  cachedTokens: number;
  hitRate: Usd;
}

export function isCacheable(use: PromptUse): boolean {
  return (
    use.calls >= fewestCalls &&
    use.readTokens < use.inputTokens * shareRead &&
    use.following >= use.calls * shareFollowing &&
    Math.floor(use.prefixTokens / 2) >= fewestCachedTokens
  );
}

/** Reads at the read rate in place of the fresh one, less what writing takes on the calls that miss. */
function savedBy(calls: number, tokens: number, hits: Usd, { read, write }: CachePremiums): Usd {
  const misses = new Usd(1).minus(hits);
  const perToken = hits
    .times(read)
    .neg()
    .minus(misses.times(write ?? 0));
  return perToken.times(tokens).times(calls);
}

/**
 * What caching the beginning of a prompt would save. How long that beginning is nobody can tell: no longer than the
 * shortest calls. Supposed is half of that, hit by three of four calls that follow another; at least half of it by every
 * second one, at most all of it by each.
 */
export function cacheSaving(use: PromptUse, premiums: CachePremiums): CacheSaving {
  const following = new Usd(use.following).div(use.calls);
  const half = Math.floor(use.prefixTokens / 2);
  const hitRate = following.times("0.75");
  return {
    saving: savedBy(use.calls, half, hitRate, premiums),
    low: savedBy(use.calls, half, following.times("0.5"), premiums),
    high: savedBy(use.calls, use.prefixTokens, following, premiums),
    cachedTokens: half,
    hitRate,
  };
}
