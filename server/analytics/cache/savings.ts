import type { BookModel } from "@/server/prices/match-model";
import { turningPoints } from "@/server/contracts/stretches";
import type { TenantBook } from "@/server/contracts/tenant-book";
import { tierFor } from "@/server/prices/bucket-rates";
import { Usd } from "@/server/prices/decimal";

/** Tokens whose price a cache changes. */
export interface CachedTokens {
  cacheReadTokens: number;
  cacheWrite5mTokens: number;
  cacheWrite1hTokens: number;
}
const cacheBuckets = ["cacheReadTokens", "cacheWrite5mTokens", "cacheWrite1hTokens"] as const satisfies readonly (keyof CachedTokens)[]; // prettier-ignore

/** USD that a token of each bucket costs more than a fresh one (less, below 0); null: nobody knows. */
export type Premiums = Readonly<Record<keyof CachedTokens, Usd | null>>;

const unknown: Premiums = { cacheReadTokens: null, cacheWrite5mTokens: null, cacheWrite1hTokens: null };

/** A stretch of a range in which a model's premiums are the same. */
export interface PremiumStretch {
  from: Date;
  to: Date;
  premiums: Premiums;
}

const quarterMs = 15 * 60_000;

export type PricedModel = BookModel & { feature: string | null };

/**
 * What cached tokens of a model cost more than fresh ones, through a range: at the tenant's rates (contract, list with its
 * discount) for the standard service and short inputs, of no particular region; which the sums of roll-ups can tell. A change
 * within a quarter hour counts from its beginning. Models whose price changes by the hour of the day are not known.
 */
export function premiumStretches(
  book: TenantBook,
  { provider, model, feature }: PricedModel,
  { from, to }: { from: Date; to: Date },
): PremiumStretch[] {
  const said = book.saidOf({ provider, model });
  // Where a part begins, and the last change of its quarter hour, by which it is priced.
  const changes = new Map([[from.getTime(), from.getTime()]]);
  for (const at of turningPoints(said)) {
    if (at > from.getTime() && at < to.getTime()) changes.set(Math.floor(at / quarterMs) * quarterMs, at);
  }
  const stretches: PremiumStretch[] = [];
  for (const [begins, at] of changes) {
    const occurredAt = new Date(at);
    const applied = book.rates({
      provider,
      model,
      feature,
      region: null,
      occurredAt,
      batch: false,
      serviceTier: null,
    });
    const isHourly = said.listed.some(
      ({ version }) =>
        version.dailyFrom !== null &&
        (version.validFrom === null || version.validFrom <= occurredAt) &&
        (version.validTo === null || version.validTo > occurredAt),
    );
    const premiums = applied && !(isHourly && applied.layer !== "contract") ? premiumsOf(applied) : unknown;
    const before = stretches.at(-1);
    if (before && isSame(before.premiums, premiums)) continue;
    if (before) before.to = new Date(begins);
    stretches.push({ from: new Date(begins), to, premiums });
  }
  return stretches;
}

function premiumsOf({ rates, factor }: NonNullable<ReturnType<TenantBook["rates"]>>): Premiums {
  const rateOf = (bucket: "freshInputTokens" | keyof CachedTokens) => {
    const rate = rates.standard.buckets[bucket];
    return (rate && tierFor(rate, 0)?.usdPerUnit.times(factor)) ?? null;
  };
  const fresh = rateOf("freshInputTokens");
  const premium = (bucket: keyof CachedTokens) => {
    const own = rateOf(bucket);
    return fresh && own && own.minus(fresh);
  };
  return {
    cacheReadTokens: premium("cacheReadTokens"),
    cacheWrite5mTokens: premium("cacheWrite5mTokens"),
    cacheWrite1hTokens: premium("cacheWrite1hTokens"),
  };
}

function isSame(one: Premiums, other: Premiums): boolean {
  return cacheBuckets.every((bucket) => {
    const [mine, theirs] = [one[bucket], other[bucket]];
    return mine && theirs ? mine.eq(theirs) : mine === theirs;
  });
}

export interface Savings {
  savedByReading: Usd;
  paidForWriting: Usd;
  ratedTokens: number;
  unratedTokens: number;
}

export const noSavings = (): Savings => ({
  savedByReading: new Usd(0),
  paidForWriting: new Usd(0),
  ratedTokens: 0,
  unratedTokens: 0,
});

/** Σ read × (fresh − read rate), and Σ written × (write rate − fresh). */
export function addSavings(sum: Savings, tokens: CachedTokens, premiums: Premiums): Savings {
  const added = { ...sum };
  for (const bucket of cacheBuckets) {
    const premium = premiums[bucket];
    if (premium === null) {
      added.unratedTokens += tokens[bucket];
      continue;
    }
    added.ratedTokens += tokens[bucket];
    const usd = premium.times(tokens[bucket]);
    if (bucket === "cacheReadTokens") added.savedByReading = added.savedByReading.minus(usd);
    else added.paidForWriting = added.paidForWriting.plus(usd);
  }
  return added;
}

/** Instants within a range at which what a cache saves changes, for any of the models, in order. */
export function changesOf(stretches: Iterable<readonly PremiumStretch[]>): Date[] {
  const instants = new Set<number>();
  for (const of of stretches) for (const { from } of of.slice(1)) instants.add(from.getTime());
  return [...instants].sort((one, other) => one - other).map((at) => new Date(at));
}
