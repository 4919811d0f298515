import { Usd } from "@/server/prices/decimal";
import { shareOf } from "../share-of";
import type { FeatureSums } from "./feature-value-query";

const unitDecimals = 12;

/** Dollars of each; null where there is none to divide by. */
export const costOf = (costUsd: string, each: number | null): string | null =>
  each === null || each === 0 ? null : new Usd(costUsd).div(each).toDecimalPlaces(unitDecimals).toFixed();

/** Users of something that was used; null when it was used and nobody says by whom. */
export const usersSaid = (users: number, uses: number): number | null =>
  users === 0 && uses > 0 ? null : users;

/** A request and the event that tells of it are one use; either source may be partial. */
export const usesOf = ({ requests, events }: Pick<FeatureSums, "requests" | "events">): number =>
  Math.max(requests, events);

/** Of a feature that had neither call nor event. */
export const noSums = (feature: string): FeatureSums => ({
  feature,
  calls: 0,
  requests: 0,
  successfulCalls: 0,
  events: 0,
  costUsd: "0",
  unpricedCalls: 0,
  users: 0,
  callingUsers: 0,
  eventUsers: 0,
});

/**
 * What a feature brings, from its sums over a stretch. Amounts and shares are decimal strings; null is a gap.
 * @param conversions null: nobody said what its conversion is
 */
export function valueOf({ users, ...sums }: FeatureSums, conversions: number | null) {
  const uses = usesOf(sums);
  const activeUsers = usersSaid(users, uses);
  return {
    ...sums,
    uses,
    /** Null: it was used, and no user is sent with it. */
    activeUsers,
    successRate: shareOf(sums.successfulCalls, sums.calls),
    costPerActiveUserUsd: costOf(sums.costUsd, activeUsers),
    costPerSuccessUsd: costOf(sums.costUsd, sums.successfulCalls),
    conversions,
    costPerConversionUsd: costOf(sums.costUsd, conversions),
  };
}
