import { turningPoints } from "@/server/contracts/stretches";
import type { TenantBook } from "@/server/contracts/tenant-book";
import type { BucketRate } from "@/server/prices/bucket-rates";
import { type Bucket, buckets } from "@/server/prices/buckets";
import { type Fixed, fromDecimal } from "./fixed";

/** USD for one unit; a bucket that is not listed has none. `request` is the fee for the call itself. */
export interface ListedRates {
  buckets: Readonly<Partial<Record<Bucket, Fixed>>>;
  request: Fixed | null;
}

export interface Priced {
  provider: string;
  model: string;
  feature: string | null;
}

interface Instants {
  from: Date;
  to: Date;
}

const base = (rate: BucketRate | null | undefined, factor: string): Fixed | null => {
  const tier = rate?.tiers.at(-1);
  return tier ? fromDecimal(tier.usdPerUnit.times(factor).toFixed()) : null;
};

function ratesAt(book: TenantBook, priced: Priced, occurredAt: Date): ListedRates | null {
  const applied = book.rates({ ...priced, region: null, occurredAt, batch: false, serviceTier: null });
  if (!applied) return null;
  const { standard } = applied.rates;
  const known = buckets.flatMap((bucket) => {
    const rate = base(standard.buckets[bucket], applied.factor);
    return rate === null ? [] : [[bucket, rate] as const];
  });
  return { buckets: Object.fromEntries(known), request: base(standard.request, applied.factor) };
}

function weighted(parts: readonly { rates: ListedRates; ms: number }[]): ListedRates {
  const total = BigInt(parts.reduce((sum, { ms }) => sum + ms, 0));
  const mean = (pick: (rates: ListedRates) => Fixed | null | undefined): Fixed | null => {
    if (parts.every(({ rates }) => (pick(rates) ?? null) === null)) return null;
    return parts.reduce((sum, { rates, ms }) => sum + (pick(rates) ?? 0n) * BigInt(ms), 0n) / total;
  };
  const known = buckets.flatMap((bucket) => {
    const rate = mean(({ buckets: own }) => own[bucket]);
    return rate === null ? [] : [[bucket, rate] as const];
  });
  return { buckets: Object.fromEntries(known), request: mean(({ request }) => request) };
}

/**
 * What a model's units cost in a stretch by the tenant's book: standard service, lowest tier, contract and discount
 * applied. Where that changed within the stretch, the mean over its time. Null: nobody knew a price in any of it.
 */
export function listedRates(book: TenantBook, priced: Priced, { from, to }: Instants): ListedRates | null {
  const [start, end] = [from.getTime(), to.getTime()];
  const turns = turningPoints(book.saidOf(priced)).filter((at) => at > start && at < end);
  const bounds = [start, ...turns, end];
  const parts = bounds.slice(0, -1).flatMap((at, i) => {
    const rates = ratesAt(book, priced, new Date(at));
    return rates ? [{ rates, ms: (bounds[i + 1] ?? end) - at }] : [];
  });
  const [only] = parts;
  if (!only) return null;
  return parts.length === 1 ? only.rates : weighted(parts);
}
