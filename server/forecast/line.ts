import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { burnRate } from "./burn-rate";
import { type CostHistory, daysLeft, type Period, spentIn, todayOf } from "./costs";
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
  let before = spentIn(history, { first: period.first, last: addDays(todayOf(history), -1) });
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
