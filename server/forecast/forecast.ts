/** What a period will have cost by its end. USD as numbers: an estimate, not an amount of the ledger. */
export interface Forecast {
  method: ForecastMethod;
  /** Why it is not the better one. */
  reason: ForecastReason | null;
  expectedUsd: number;
  /** Four of five cases lie between; both at least what was spent already. */
  lowUsd: number;
  highUsd: number;
}
export const forecastMethods = ["weekday-aware", "burn-rate"] as const;
export type ForecastMethod = (typeof forecastMethods)[number];
/** Why there is none, or not a better one. */
export const forecastReasons = ["no-cost-yet", "less-than-a-day", "less-than-two-weeks"] as const;
export type ForecastReason = (typeof forecastReasons)[number];

/**
 * The whole of a period of which `rest` is still to come and may differ by `factor` either way. What is spent is spent: no
 * bound is below it.
 * @param noise by how much dearer or cheaper the rest may be than its length has it: the last hours of a day scatter more,
 * for their size, than a day does
 */
export function withRest(
  spentUsd: number,
  rest: number,
  factor: number,
  noise = 1,
): Pick<Forecast, "expectedUsd" | "lowUsd" | "highUsd"> {
  return {
    expectedUsd: spentUsd + rest,
    lowUsd: Math.max(spentUsd, spentUsd + rest - rest * noise * (1 - 1 / factor)),
    highUsd: spentUsd + rest + rest * noise * (factor - 1),
  };
}
