import { buckets, type BucketUnits, totalInputTokens } from "./buckets";
import {
  type BucketRate,
  type Estimate,
  type Rates,
  requestUnit,
  type ServiceRates,
  tierFor,
} from "./bucket-rates";
import { Usd, usdDecimals, usdText } from "./decimal";
import { serviceOf } from "./service";
import { convertedUnit } from "./units";

export type PriceStatus = "priced" | "partial" | "unpriced" | "reported" | "estimated";

export interface CallToPrice {
  units: BucketUnits;
  /** Quantities besides these, by the book's name of the unit: decimal strings. They are not part of the buckets. */
  otherUnits: Readonly<Record<string, string>>;
  billed: "yes" | "no" | "unknown";
  cache: "none" | "exact" | "semantic";
  batch: boolean;
  /** As the sender named it (service.ts), or null. */
  serviceTier: string | null;
  /** USD as the sender had it, or null. It never replaces a price of the book. */
  reportedCostUsd: string | null;
}

export interface PriceLine {
  /** A bucket, the fee for the request, or another unit as the sender named it. */
  bucket: string;
  /** The book's unit whose rate was taken. */
  unit: string;
  units: number;
  /** USD for `per` units, before the factor. */
  usd: string;
  per: number;
  /** What the rate was multiplied by, such as "1", "0.5" (a batch at half price) or "0.88" (a discount of 12 %). */
  factor: string;
  estimates: readonly Estimate[];
  costUsd: string;
}

export interface PricedCall {
  /** USD, decimal string of at most 18 decimals; null when (and only when) unpriced. */
  costUsd: string | null;
  status: PriceStatus;
  /** Their sum is `costUsd`, unless that was reported. */
  lines: PriceLine[];
  /** Buckets and other units that were used but have no rate: `costUsd` lacks them. */
  missing: string[];
  priceVersionId: string | null;
}

interface PricedParts {
  lines: PriceLine[];
  missing: string[];
  total: Usd;
}

/**
 * What a call costs by the rates valid when it occurred: Σ bucket × rate × factor, the whole call at the tier that its
 * input reaches. Null rates mean that nobody knows a price: the cost is then the reported one, or unknown.
 * @param factor a discount or markup on every rate, decimal string
 */
export function priceCall(call: CallToPrice, rates: Rates | null, factor = "1"): PricedCall {
  const priceVersionId = rates?.versionId ?? null;
  if (call.billed === "no" || call.cache !== "none") {
    return { costUsd: "0", status: "priced", lines: [], missing: [], priceVersionId };
  }
  if (!rates) return withoutRates(call, []);
  const { service, isCertain } = serviceOf(call);
  const { lines, missing, total } = priceParts(call, rates[service], isCertain, factor);
  const isMeasured = lines.some(({ bucket }) => bucket !== requestUnit) || missing.length > 0;
  const isUnknown = missing.length > 0 ? lines.length === 0 : !isMeasured && rates[service].hasOtherUnits;
  if (isUnknown) return withoutRates(call, missing);
  const status = missing.length > 0 ? "partial" : lines.some(isEstimated) ? "estimated" : "priced";
  return { costUsd: usdText(total), status, lines, missing, priceVersionId };
}

function withoutRates(call: CallToPrice, missing: string[]): PricedCall {
  const none = { lines: [], missing, priceVersionId: null };
  if (call.reportedCostUsd === null) return { ...none, costUsd: null, status: "unpriced" };
  return { ...none, costUsd: usdText(new Usd(call.reportedCostUsd)), status: "reported" };
}

function priceParts(call: CallToPrice, rates: ServiceRates, isCertain: boolean, factor: string): PricedParts {
  const parts: PricedParts = { lines: [], missing: [], total: new Usd(0) };
  const input = totalInputTokens(call.units);
  const add = (bucket: string, units: number | Usd, rate: BucketRate | null | undefined) => {
    const tier = rate ? tierFor(rate, input) : undefined;
    if (!rate || !tier) {
      if (bucket !== requestUnit) parts.missing.push(bucket);
      return;
    }
    const factors = productOf(tier.factor, factor);
    const full = tier.usdPerUnit.times(units);
    // Rounded here, once and before the sum, so that the lines shown always add up to the cost stored.
    const cost = (factors === "1" ? full : full.times(factors)).toDecimalPlaces(usdDecimals);
    parts.total = parts.total.plus(cost);
    const estimates: Estimate[] = [];
    if (rate.isStandIn) estimates.push("stand-in");
    else if (rate.hidden.length > 0 && !rate.hidden.some((unit) => unit in call.otherUnits))
      estimates.push("blend");
    if (tier.estimate) estimates.push(tier.estimate);
    else if (!isCertain && !rate.isFee) estimates.push("service");
    const { unit } = rate;
    const { usd, per } = tier;
    parts.lines.push({ bucket, unit, units: Number(units), usd, per, factor: factors, estimates, costUsd: cost.toFixed() }); // prettier-ignore
  };
  for (const bucket of buckets) {
    const units = call.units[bucket];
    if (units > 0) add(bucket, units, rates.buckets[bucket]);
  }
  for (const name of Object.keys(call.otherUnits).sort()) {
    const quantity = new Usd(call.otherUnits[name] ?? 0);
    if (quantity.isZero()) continue;
    const { unit, units } = rates.others.has(name)
      ? { unit: name, units: quantity }
      : convertedUnit(name, quantity);
    add(name, units, rates.others.get(unit));
  }
  if (rates.request) add(requestUnit, 1, rates.request);
  return parts;
}

function productOf(one: string, other: string): string {
  if (one === "1") return other;
  return other === "1" ? one : new Usd(one).times(other).toFixed();
}

export function isEstimated(line: PriceLine): boolean {
  return line.estimates.length > 0;
}
