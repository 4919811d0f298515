import { startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { tierFor } from "@/server/prices/bucket-rates";
import {
  cacheSaving,
  type CachePremiums,
  fewestCachedTokens,
  fewestCalls,
  isCacheable,
  shareRead,
} from "@/server/recommendations/cacheable";
import { type Finding, mostOfKind } from "@/server/recommendations/schemas";
import { premiumStretches, type PremiumStretch } from "../cache/savings";
import { shareOf } from "../share-of";
import { promptWorkOf, type PromptWork, rhythmOf } from "./cache-query";
import type { KindLook, Looked } from "./looked";
import { isWorthIt, largest } from "./worth";

const million = 1_000_000;

/** The tenant's rates at the end of the days looked at; null: the provider has no rate of its own for what is cached. */
function ratesAtEnd(looked: Looked, { provider, model, feature }: PromptWork) {
  const occurredAt = new Date(looked.range.to.getTime() - 1);
  const asked = { provider, model, feature, region: null, occurredAt, batch: false, serviceTier: null };
  const applied = looked.book.rates(asked);
  if (!applied) return null;
  const { buckets } = applied.rates.standard;
  const { freshInputTokens: fresh, cacheReadTokens: read, cacheWrite5mTokens: write } = buckets;
  if (!fresh || !read || read.isStandIn) return null;
  const perMillion = (rate: typeof fresh) =>
    tierFor(rate, 0)?.usdPerUnit.times(applied.factor).times(million);
  const [freshUsd, readUsd, writeUsd] = [perMillion(fresh), perMillion(read), write && perMillion(write)];
  if (!freshUsd || !readUsd || readUsd.gte(freshUsd)) return null;
  return { freshUsd, readUsd, surchargeUsd: writeUsd?.minus(freshUsd) ?? null };
}

const premiumsOf = (stretch: PremiumStretch | undefined): CachePremiums | null =>
  stretch?.premiums.cacheReadTokens
    ? { read: stretch.premiums.cacheReadTokens, write: stretch.premiums.cacheWrite5mTokens }
    : null;

const isLongEnough = ({ calls, costUsd, freshTokens, inputTokens, readTokens }: PromptWork) =>
  calls >= fewestCalls &&
  isWorthIt(costUsd) &&
  freshTokens >= calls * 2 * fewestCachedTokens &&
  readTokens < inputTokens * shareRead;

async function lookAt(ctx: Ctx, looked: Looked, work: PromptWork): Promise<Finding | null> {
  const { feature, prompt, provider, model } = work;
  const rates = ratesAtEnd(looked, work);
  if (!rates) return null;
  const subject = { feature, provider, model, prompt, version: null, cause: null };
  const { prefixTokens, days } = await ctx.db.rollup((db) => rhythmOf(db, looked, subject));
  const calls = days.reduce((sum, day) => sum + day.calls, 0);
  const following = days.reduce((sum, day) => sum + day.following, 0);
  const use = { ...work, calls, following, prefixTokens };
  if (!isCacheable(use)) return null;
  const stretches = premiumStretches(looked.book, { provider, model, feature }, looked.range);
  let [saving, low, high] = [new Usd(0), new Usd(0), new Usd(0)];
  for (const day of days) {
    const at = startOfDay(day.day, looked.timeZone);
    const premiums = premiumsOf(stretches.findLast(({ from }) => from <= at));
    // Of a day whose rates nobody knows nothing is claimed.
    if (!premiums) continue;
    const ofDay = cacheSaving({ ...use, ...day }, premiums);
    [saving, low, high] = [saving.plus(ofDay.saving), low.plus(ofDay.low), high.plus(ofDay.high)];
  }
  const { cachedTokens, hitRate } = cacheSaving(use, { read: new Usd(0), write: null });
  return {
    subject,
    ...looked.range.days,
    savingUsd: usdText(saving),
    lowUsd: usdText(low),
    highUsd: usdText(high),
    evidence: {
      kind: "cache",
      calls,
      costUsd: work.costUsd,
      freshTokensPerCall: Math.round(work.freshTokens / work.calls),
      readShare: shareOf(work.readTokens, work.inputTokens) ?? "0",
      followShare: shareOf(following, calls) ?? "0",
      prefixTokens,
      cachedTokens,
      hitRate: hitRate.toDecimalPlaces(6).toFixed(),
      freshUsdPerMillion: usdText(rates.freshUsd),
      readUsdPerMillion: usdText(rates.readUsd),
      surchargeUsdPerMillion: rates.surchargeUsd && usdText(rates.surchargeUsd),
    },
  };
}

/** Prompts with a long beginning and calls close enough to each other, at a provider that sells cached tokens for less. */
export async function lookForCaching(ctx: Ctx, looked: Looked): Promise<KindLook> {
  const candidates = (await ctx.db.read((db) => promptWorkOf(db, looked))).filter(isLongEnough);
  const found: Finding[] = [];
  for (const work of candidates.slice(0, mostOfKind)) {
    const finding = await lookAt(ctx, looked, work);
    if (finding) found.push(finding);
  }
  return { kind: "cache", candidates: candidates.length, found: largest(found) };
}
