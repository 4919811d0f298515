import { type Bucket, buckets, type BucketUnits, totalInputTokens } from "./buckets";
import { type BucketRate, type Estimate, type Rates, requestUnit, tierFor } from "./bucket-rates";
import { Usd, usdDecimals, usdText } from "./decimal";

export type PriceStatus = "priced" | "partial" | "unpriced" | "reported" | "estimated";

export interface CallToPrice {
  units: BucketUnits;
  billed: "yes" | "no" | "unknown";
  cache: "none" | "exact" | "semantic";
  batch: boolean;
  /** USD as the sender had it, or null. It never replaces a price of the book. */
  reportedCostUsd: string | null;
}

export interface PriceLine {
  bucket: Bucket | typeof requestUnit;
  /** The book's unit whose rate was taken. */
  unit: string;
  units: number;
  /** USD for `per` units, before the factor. */
  usd: string;
  per: number;
  factor: "1" | "0.5";
  estimate: Estimate | null;
  costUsd: string;
}

export interface PricedCall {
  /** USD, decimal string of at most 18 decimals; null when (and only when) unpriced. */
  costUsd: string | null;
  status: PriceStatus;
  /** Their sum is `costUsd`, unless that was reported. */
  lines: PriceLine[];
  /** Buckets that were used but have no rate: `costUsd` lacks them. */
  missing: Bucket[];
  priceVersionId: string | null;
}

/** What providers take for a batch when the book lists no batch rate of its own. */
const batchFactor = new Usd("0.5");

/**
 * What a call costs by the rates valid when it occurred: Σ bucket × rate, the whole call at the tier that its input
 * reaches. Null rates mean that the book does not know the model: the cost is then the reported one, or unknown.
 */
export function priceCall(call: CallToPrice, rates: Rates | null): PricedCall {
  const priceVersionId = rates?.versionId ?? null;
  if (call.billed === "no" || call.cache !== "none") {
    return { costUsd: "0", status: "priced", lines: [], missing: [], priceVersionId };
  }
  if (!rates) return withoutRates(call, []);
  const { lines, missing, total } = priceBuckets(call, rates);
  const isMeasured = lines.some(({ bucket }) => bucket !== requestUnit) || missing.length > 0;
  const isUnknown = missing.length > 0 ? lines.length === 0 : !isMeasured && rates.hasOtherUnits;
  if (isUnknown) return withoutRates(call, missing);
  const status = missing.length > 0 ? "partial" : lines.some(isEstimated) ? "estimated" : "priced";
  return { costUsd: usdText(total), status, lines, missing, priceVersionId };
}

function withoutRates(call: CallToPrice, missing: Bucket[]): PricedCall {
  const none = { lines: [], missing, priceVersionId: null };
  if (call.reportedCostUsd === null) return { ...none, costUsd: null, status: "unpriced" };
  return { ...none, costUsd: usdText(new Usd(call.reportedCostUsd)), status: "reported" };
}

function priceBuckets(
  call: CallToPrice,
  rates: Rates,
): { lines: PriceLine[]; missing: Bucket[]; total: Usd } {
  const lines: PriceLine[] = [];
  const missing: Bucket[] = [];
  const input = totalInputTokens(call.units);
  let total = new Usd(0);
  const add = (bucket: PriceLine["bucket"], units: number, rate: BucketRate | null | undefined) => {
    const tier = rate ? tierFor(rate, input) : undefined;
    if (!rate || !tier) {
      if (bucket !== requestUnit) missing.push(bucket);
      return;
    }
    // Batches are cheaper by the token; fees for requests and tools stay.
    const isBatch = call.batch && bucket !== requestUnit && bucket !== "toolUnits";
    const full = tier.usdPerUnit.times(units);
    // Rounded here, once and before the sum, so that the lines shown always add up to the cost stored.
    const cost = (isBatch ? full.times(batchFactor) : full).toDecimalPlaces(usdDecimals);
    total = total.plus(cost);
    lines.push({
      bucket,
      unit: rate.unit,
      units,
      usd: tier.usd,
      per: tier.per,
      factor: isBatch ? "0.5" : "1",
      estimate: rate.estimate,
      costUsd: cost.toFixed(),
    });
  };
  for (const bucket of buckets) {
    const units = call.units[bucket];
    if (units > 0) add(bucket, units, rates.buckets[bucket]);
  }
  if (rates.request) add(requestUnit, 1, rates.request);
  return { lines, missing, total };
}

/** A half-priced batch is an estimate too. */
export function isEstimated(line: PriceLine): boolean {
  return line.estimate !== null || line.factor !== "1";
}
