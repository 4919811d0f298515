import { wilson } from "@/server/analytics/wilson";
import { Usd } from "@/server/prices/decimal";

/** A version's calls in a stretch. */
export interface VersionSums {
  calls: number;
  unpricedCalls: number;
  errorCalls: number;
  inputTokens: number;
  costUsd: string;
}

/** In tenths, so that tokens are compared in whole numbers. */
const riseInTenths = 13;
/** Calls with a price, on either side. */
export const fewestCompared = 20;

export const pricedOf = ({ calls, unpricedCalls }: VersionSums) => calls - unpricedCalls;
export const perCallOf = (sums: VersionSums): Usd => new Usd(sums.costUsd).div(pricedOf(sums));
export const inputPerCall = ({ inputTokens, calls }: VersionSums): number => inputTokens / calls;
export const successesOf = ({ calls, errorCalls }: VersionSums) => calls - errorCalls;

/**
 * Whether a version of a prompt has grown for nothing that the ledger can see: more than 30 % more input tokens a call than
 * the one before, and a success rate that is not clearly better (its 95 % interval does not lie above the other's).
 */
export function isBloated(before: VersionSums, after: VersionSums): boolean {
  if (Math.min(pricedOf(before), pricedOf(after)) < fewestCompared) return false;
  if (after.inputTokens * before.calls * 10 <= before.inputTokens * after.calls * riseInTenths) return false;
  return wilson(successesOf(after), after.calls).low <= wilson(successesOf(before), before.calls).high;
}
