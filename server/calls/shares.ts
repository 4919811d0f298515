import { buckets } from "@/server/prices/buckets";
import { Usd, usdDecimals, usdText } from "@/server/prices/decimal";
import type { LedgerCall } from "./ledger-columns";

/** Decimals of a weight in the ledger: numeric(20, 9). */
const weightDecimals = 9;

/**
 * Splits a whole number by weights, by largest remainder: the parts add up to the total, and none is off by one or more.
 * @param weights positive whole numbers
 */
export function splitWhole(total: bigint, weights: readonly bigint[]): bigint[] {
  const sum = weights.reduce((all, weight) => all + weight, 0n);
  const parts = weights.map((weight) => (total * weight) / sum);
  const left = Number(total - parts.reduce((all, part) => all + part, 0n));
  const byRemainder = weights
    .map((weight, at) => ({ at, remainder: (total * weight) % sum }))
    .sort((one, other) =>
      one.remainder === other.remainder ? one.at - other.at : one.remainder > other.remainder ? -1 : 1,
    );
  const favoured = new Set(byRemainder.slice(0, left).map(({ at }) => at));
  return parts.map((part, at) => (favoured.has(at) ? part + 1n : part));
}

/** Splits an amount (USD, decimal string of at most 18 decimals) so that the parts add up to it, to the last digit. */
export function splitCost(costUsd: string, weights: readonly bigint[]): string[] {
  const unit = new Usd(10).pow(usdDecimals);
  const whole = BigInt(new Usd(costUsd).times(unit).toFixed(0));
  return splitWhole(whole, weights).map((part) => usdText(new Usd(part.toString()).div(unit)));
}

/** "0.25" → 250000000n: weights as whole numbers, exact to the decimals that the ledger keeps. */
export function wholeWeight(weight: string | number): bigint {
  const scaled = new Usd(weight).times(new Usd(10).pow(weightDecimals));
  return BigInt(scaled.toDecimalPlaces(0).toFixed(0)) || 1n;
}

/**
 * The ledger's rows of a call: itself, or a row for each share, whose tokens and cost add up to the whole. What is one
 * however many it served (latency, the units besides tokens) stays with the first share.
 */
export function ledgerRows(call: LedgerCall): LedgerCall[] {
  const { shares, ...input } = call.input;
  if (!shares) return [call];
  const weights = shares.map(({ weight }) => wholeWeight(weight));
  const units = buckets.map((bucket) => [bucket, splitWhole(BigInt(call.units[bucket]), weights)] as const);
  const split = (amount: string | null | undefined) => (amount ? splitCost(amount, weights) : null);
  const costs = split(call.price.costUsd);
  const reported = split(input.reportedCostUsd);
  return shares.map(({ weight, ...whom }, at) => {
    const own = { ...input, ...whom, id: shareId(input.id, at + 1) };
    if (reported) own.reportedCostUsd = reported[at];
    if (at > 0) {
      delete own.latencyMs;
      if (own.usage) own.usage = { ...own.usage, units: undefined };
    }
    return {
      ...call,
      input: own,
      units: Object.fromEntries(
        units.map(([bucket, parts]) => [bucket, Number(parts[at])]),
      ) as typeof call.units,
      price: { ...call.price, costUsd: costs?.[at] ?? call.price.costUsd },
      share: { of: input.id, no: at + 1, weight: new Usd(weight).toDecimalPlaces(weightDecimals).toFixed() },
    };
  });
}

function shareId(callId: string, no: number): string {
  return `${callId}#${String(no)}`;
}
