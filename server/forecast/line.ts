import type { LocalDay } from "@/server/calendar/local-day";
import { burnRate } from "./burn-rate";
import { type CostHistory, daysLeft, type Period, spentIn } from "./costs";
import type { Learned } from "./level";
import { fewestDays, learn, weekdayAware } from "./weekday-aware";

/** A day that is not over, and what the period will have come to by its end. */
export interface ForecastDay {
  day: LocalDay;
  /** The day itself; of today all of it. */
  expectedUsd: number;
  /** From the period's first day to this one. */
  soFarUsd: number;
  soFarLowUsd: number;
  soFarHighUsd: number;
}

/** The forecast day by day, each as a forecast of the period up to it: a fan that opens. Empty where nothing can be told. */
export function forecastLine(
  history: CostHistory,
  period: Period,
  learned: Learned = learn(history),
): ForecastDay[] {
  const days: ForecastDay[] = [];
  // What the period's days before today have cost is in every sum and in no day that is left.
  let before =
    spentIn(history, period) - (daysLeft(history, period)[0] === undefined ? 0 : todayIn(history, period));
  let [low, high] = [0, 0];
  for (const day of daysLeft(history, period)) {
    const until = { first: period.first, last: day };
    const told =
      history.past.length < fewestDays ? burnRate(history, until) : weekdayAware(history, until, learned);
    if (!told) return [];
    // Costs only add up: no bound goes back.
    [low, high] = [Math.max(low, told.lowUsd), Math.max(high, told.highUsd)];
    days.push({
      day,
      expectedUsd: told.expectedUsd - before,
      soFarUsd: told.expectedUsd,
      soFarLowUsd: Math.min(low, told.expectedUsd),
      soFarHighUsd: high,
    });
    before = told.expectedUsd;
  }
  return days;
}

/** Today's cost as far as it is in the period. */
function todayIn(history: CostHistory, period: Period): number {
  const without = { ...history, today: { ...history.today, usd: 0 } };
  return spentIn(history, period) - spentIn(without, period);
}
