import { burnRate } from "./burn-rate";
import {
  type CostHistory,
  daysLeft,
  type Period,
  restOfToday,
  shareGone,
  spentIn,
  todayOf,
  weekdayOf,
} from "./costs";
import { withRest, type Forecast, type ForecastReason } from "./forecast";
import { spreadFactor } from "./interval";
import { expectedSum, Learned } from "./level";

/** Fewer days tell no rhythm of the week. */
export const fewestDays = 14;

export const learn = (history: CostHistory) => new Learned(history.past, weekdayOf(history.first));

export type Foretold = { forecast: Forecast; reason: null } | { forecast: null; reason: ForecastReason };

/**
 * What a period will have cost by its end, by the subject's level, its rhythm of the week and how far earlier forecasts
 * went astray; at the burn rate while less than two weeks are known. It knows of no calendar but weekdays, so the first
 * and the last day of a month are days like others.
 * @param learned what `learn` told of the same history, if it is at hand
 */
export function foretell(history: CostHistory, period: Period, learned?: Learned): Foretold {
  const { past, today } = history;
  const left = daysLeft(history, period);
  if (left.length === 0) {
    const spent = spentIn(history, period);
    const known = { method: "weekday-aware", reason: null, ...withRest(spent, 0, 1) } as const;
    return { forecast: known, reason: null };
  }
  if (past.every((usd) => usd === 0) && today.usd === 0) return { forecast: null, reason: "no-cost-yet" };
  if (past.length < fewestDays) {
    const forecast = burnRate(history, period);
    if (!forecast) return { forecast: null, reason: "less-than-a-day" };
    return { forecast: { ...forecast, reason: "less-than-two-weeks" }, reason: null };
  }
  return { forecast: weekdayAware(history, period, learned ?? learn(history)), reason: null };
}

/** What is still to come of a period; 0 once it is over. */
export function expectedRest(history: CostHistory, period: Period, learned: Learned): number {
  const left = daysLeft(history, period);
  const [next] = left;
  if (next === undefined) return 0;
  const { length } = history.past;
  const origin = learned.after(length).at(length);
  const weekday = weekdayOf(next);
  const first = expectedSum(origin, weekday, 1);
  const begun = next === todayOf(history) ? restOfToday(history, first) : first;
  return begun + expectedSum(origin, (weekday + 1) % 7, left.length - 1);
}

/** Of a history of two weeks at least. */
export function weekdayAware(history: CostHistory, period: Period, learned: Learned): Forecast {
  const left = daysLeft(history, period);
  const rest = expectedRest(history, period, learned);
  const factor = left.length === 0 ? 1 : (spreadFactor(learned, history.past.length, left.length) ?? 1);
  // The scatter of so many days falls with the root of their number, of which today is a part.
  const gone = left[0] === todayOf(history) ? shareGone(history) : 0;
  const noise = gone < left.length ? Math.sqrt(left.length / (left.length - gone)) : 1;
  const bounds = withRest(spentIn(history, period), rest, factor, noise);
  return { method: "weekday-aware", reason: null, ...bounds };
}
