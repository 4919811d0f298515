const smallestPower = -9;
const largestPower = 8;

const power = (k: number) => (k < 0 ? `0.${"0".repeat(-k - 1)}1` : `1${"0".repeat(k)}`);

/**
 * Bounds of the buckets of a logarithmic histogram, 1-2-5 × 10^k USD, ascending, as exact decimal strings. Written out,
 * never calculated: a bound that is off by a digit files an amount in the wrong bucket.
 */
export const costBounds: readonly string[] = Array.from(
  { length: largestPower - smallestPower + 1 },
  (_, at) => ["1", "2", "5"].map((digit) => power(at + smallestPower).replace("1", digit)),
).flat();

/** What lies in the bucket that begins with bound number `at` (counted from 1; 0: below the first bound, above zero). */
export interface FoundBucket {
  at: number;
  count: number;
  costUsd: string;
}

export interface CostBucket {
  /** USD, inclusive. */
  fromUsd: string;
  /** USD, exclusive; null: no end. */
  toUsd: string | null;
  count: number;
  costUsd: string;
}

/** Every bucket from the lowest to the highest that holds something, also the empty ones between them. */
export function fillBuckets(found: readonly FoundBucket[]): CostBucket[] {
  const places = found.map(({ at }) => at);
  const [lowest, highest] = [Math.min(...places), Math.max(...places)];
  const buckets: CostBucket[] = [];
  for (let at = lowest; at <= highest; at += 1) {
    const { count, costUsd } = found.find((one) => one.at === at) ?? { count: 0, costUsd: "0" };
    buckets.push({ fromUsd: costBounds[at - 1] ?? "0", toUsd: costBounds[at] ?? null, count, costUsd });
  }
  return buckets;
}
