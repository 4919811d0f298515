import { priceStored } from "@/server/contracts/price-stored";
import type { CallFacts, TenantBook } from "@/server/contracts/tenant-book";
import { Usd } from "@/server/prices/decimal";
import { spreadOf } from "./spread";

/** A call, and the local day that it was of. */
export interface SampledCall {
  day: string;
  facts: CallFacts;
}

export interface Counterfactual {
  /** Of all calls that have a price, the sample scaled up to them. */
  cost: Usd;
  otherwise: Usd;
  saving: Usd;
  low: Usd;
  high: Usd;
  /** In the sample: calls with a price either way, and those that are left out for want of one. */
  priced: number;
  unpriced: number;
  /** Some part of the other price is supposed. */
  isEstimated: boolean;
}

interface Both {
  day: string;
  cost: Usd;
  otherwise: Usd;
}

/** What the calls would have cost otherwise, each at the tenant's rates of its own moment; null: nobody knows. */
function priceBoth(book: TenantBook, { day, facts }: SampledCall, change: Partial<CallFacts>) {
  const now = priceStored(book, facts);
  const other = priceStored(book, { ...facts, ...change });
  const isTold = (status: string | undefined) => status === "priced" || status === "estimated";
  if (!now || !other || now.costUsd === null || other.costUsd === null) return null;
  if (!isTold(now.status) || !isTold(other.status)) return null;
  const [cost, otherwise] = [new Usd(now.costUsd), new Usd(other.costUsd)];
  return { day, cost, otherwise, isEstimated: other.status === "estimated" && now.status === "priced" };
}

/** N² (1 − n/N) s² / n: of a total that a simple random sample is scaled up to. */
function samplingVariance(savings: readonly Usd[], total: number): Usd {
  const looked = savings.length;
  if (looked < 2 || looked >= total) return new Usd(0);
  const mean = savings.reduce((sum, one) => sum.plus(one), new Usd(0)).div(looked);
  const squares = savings.reduce((sum, one) => sum.plus(one.minus(mean).pow(2)), new Usd(0));
  const variance = squares.div(looked - 1);
  return new Usd(total)
    .pow(2)
    .times(new Usd(1).minus(new Usd(looked).div(total)))
    .times(variance)
    .div(looked);
}

/**
 * What calls would have cost otherwise: the very same tokens, call by call, at the tenant's rates of that time.
 * @param calls all of them, or a random sample
 * @param total how many there are; the sample is scaled up to it
 * @param days every local day looked at, those without calls too
 * @param change what of a call would be different
 */
export function counterfactual(
  book: TenantBook,
  calls: readonly SampledCall[],
  total: number,
  days: readonly string[],
  change: Partial<CallFacts>,
): Counterfactual {
  const told = calls.flatMap((call) => priceBoth(book, call, change) ?? []);
  const scale = calls.length === 0 ? new Usd(1) : new Usd(total).div(calls.length);
  const sumOf = (some: readonly Both[], of: (one: Both) => Usd) =>
    some.reduce((sum, one) => sum.plus(of(one)), new Usd(0)).times(scale);
  const saved = ({ cost, otherwise }: Both) => cost.minus(otherwise);
  const ofDay = new Map(days.map((day) => [day, [] as Both[]]));
  for (const one of told) ofDay.get(one.day)?.push(one);
  const byDay = [...ofDay.values()].map((some) => sumOf(some, saved));
  const { sum, low, high } = spreadOf(byDay, samplingVariance(told.map(saved), Math.round(scale.times(told.length).toNumber()))); // prettier-ignore
  return {
    cost: sumOf(told, ({ cost }) => cost),
    otherwise: sumOf(told, ({ otherwise }) => otherwise),
    saving: sum,
    // No call would have cost more: the book was asked for each.
    low: low.isNegative() ? new Usd(0) : low,
    high,
    priced: told.length,
    unpriced: calls.length - told.length,
    isEstimated: told.some(({ isEstimated }) => isEstimated),
  };
}
