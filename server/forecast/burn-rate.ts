import { daysBetween } from "@/server/calendar/local-day";
import { type CostHistory, daysLeft, type Period, restOfToday, spentIn, todayOf } from "./costs";
import { withRest, type Forecast } from "./forecast";
import { t90 } from "./interval";

/** Of a positive quantity of which only the mean is known the exponential distribution claims least: it varies by its mean. */
const leastVariation = 1;
const fewestDays = 7;

/**
 * USD a day at the present rate: the mean of the period's whole days so far, of the last seven at least, so that neither
 * its first day nor a weekend is a case of its own. The day that the subject began with counts if there is no other.
 * @param known whole days that are known
 * @param soFar whole days of the period that are over
 */
export function ratePerDay(past: readonly number[], known: number, soFar: number): number {
  // The day that a subject began with is hardly ever a whole one.
  const days = Math.min(Math.max(1, known - 1), Math.max(fewestDays, soFar));
  let sum = 0;
  for (let at = Math.max(0, known - days); at < known; at += 1) sum += past[at] ?? 0;
  return known === 0 ? 0 : sum / Math.min(days, known);
}

/**
 * The period at the present rate, as a line would go on. The interval is that of the mean of so few days: wide. Null: there
 * is no whole day to go by.
 */
export function burnRate(history: CostHistory, period: Period): Omit<Forecast, "reason"> | null {
  const { past } = history;
  const left = daysLeft(history, period);
  const spent = spentIn(history, period);
  if (left.length === 0) return { method: "burn-rate", ...withRest(spent, 0, 1) };
  if (past.length === 0) return null;
  const rate = ratePerDay(past, past.length, daysBetween(period.first, todayOf(history)));
  const today = left[0] === todayOf(history);
  const rest = (today ? restOfToday(history, rate) : rate) + (left.length - 1) * rate;
  const variation = Math.max(leastVariation, variationOf(past));
  const error = variation * Math.sqrt(1 / past.length + 1 / left.length) * t90(Math.max(1, past.length - 1));
  return { method: "burn-rate", ...withRest(spent, rest, Math.exp(error)) };
}

/** Standard deviation in parts of the mean. */
function variationOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (mean <= 0 || values.length < 2) return 0;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1)) / mean;
}
