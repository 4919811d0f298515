import type { BucketRate, Rates } from "./bucket-rates";
import { type Bucket, buckets } from "./buckets";
import { Usd, usdText } from "./decimal";

/** Units of many calls, as decimal strings of whole numbers. */
export type BucketTotals = Readonly<Record<Bucket, string>>;

/**
 * About what many calls would cost by these rates: at standard rates and at the lowest tier, for a sum does not tell how
 * the calls were served and how large each was. What has no rate is not in it; null when nothing has one.
 * @param factor a discount or markup on every rate, decimal string
 */
export function estimateTotals(
  { standard }: Rates,
  totals: BucketTotals,
  calls: number,
  factor: string,
): string | null {
  const parts = [
    ...buckets.map((bucket) => part(standard.buckets[bucket], totals[bucket])),
    ...(standard.request ? [part(standard.request, String(calls))] : []),
  ].filter((amount) => amount !== null);
  const isUsed = buckets.some((bucket) => totals[bucket] !== "0");
  if (isUsed && parts.length === 0) return null;
  return usdText(parts.reduce((total, amount) => total.plus(amount), new Usd(0)).times(factor));
}

function part(rate: BucketRate | null | undefined, units: string): Usd | null {
  const base = rate?.tiers.at(-1);
  return base && units !== "0" ? base.usdPerUnit.times(units) : null;
}
