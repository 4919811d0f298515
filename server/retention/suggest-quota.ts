import { Decimal } from "decimal.js";
import { Usd } from "@/server/prices/decimal";

/** Of what somebody pays, so much may go into what they use. */
export const quotaOfMrr = { percent: 30 } as const;

/** What those who stayed cost in the middle, and how many they are. */
export interface Stayers {
  users: number;
  /** Of `quotaWindowDays`, USD. */
  medianUsd: string | null;
}

/** The days that costs of the throttle list are of: about three months. */
export const quotaWindowDays = 90;
const windowMonths = 3;

export interface QuotaSuggestion {
  /** USD a month, to the cent and never less than one. */
  amountUsd: string;
  /** `mrr`: a share of what they pay; `plan`, `everybody`: what an active user of their plan, of any plan, costs in the middle. */
  because: "mrr" | "plan" | "everybody";
}

/**
 * What a month of somebody may cost: 30 % of what they pay; where they pay nothing or nobody knows, what active users of the
 * same plan, or else all of them, cost in the middle. Null where those are too few to say.
 */
export function suggestQuota(facts: {
  /** A month, USD; null: unknown. */
  mrrUsd: string | null;
  plan: Stayers;
  everybody: Stayers;
  minUsers: number;
}): QuotaSuggestion | null {
  const { mrrUsd, plan, everybody, minUsers } = facts;
  if (mrrUsd !== null && new Usd(mrrUsd).gt(0))
    return { amountUsd: cents(new Usd(mrrUsd).times(quotaOfMrr.percent).div(100)), because: "mrr" };
  for (const [because, { users, medianUsd }] of [
    ["plan", plan],
    ["everybody", everybody],
  ] as const)
    // prettier-ignore
    if (users >= minUsers && medianUsd !== null)
      return { amountUsd: cents(new Usd(medianUsd).div(windowMonths)), because };
  return null;
}

/** Rounded up, for a budget below a cent could not be kept. */
function cents(usd: Usd): string {
  const least = new Usd("0.01");
  const rounded = usd.toDecimalPlaces(2, Decimal.ROUND_UP);
  return (rounded.lt(least) ? least : rounded).toFixed(2);
}
