import { ratePerDay } from "./burn-rate";
import type { CostHistory } from "./costs";
import { spreadFactor } from "./interval";
import { expectedSum, type Learned } from "./level";
import { fewestDays, learn } from "./weekday-aware";

/** Days ahead that forecasts of the past are held to. */
export const horizons = [1, 7, 14, 28] as const;

export interface PastError {
  /** Days ahead. */
  days: number;
  /** How many forecasts of that length were made and have come due. */
  forecasts: number;
  /** Of these, the share whose actual cost lay within the interval; null without any. */
  covered: number | null;
  /** Mean absolute error in parts of the mean actual cost, so that an idle day does not outweigh a dear one; null: no cost. */
  weekdayAware: number | null;
  burnRate: number | null;
}

interface Made {
  /** Whole days known when it was made. */
  known: number;
  actual: number;
  aware: number;
  burn: number;
}

/** Forecasts of `days` days made at the beginning of each day of the past, from the days before it alone. */
function forecastsMade({ past }: CostHistory, learned: Learned, days: number): Made[] {
  const made: Made[] = [];
  for (let known = fewestDays; known + days <= past.length; known += 1) {
    const weekday = (learned.firstWeekday + known) % 7;
    let actual = 0;
    for (let at = known; at < known + days; at += 1) actual += past[at] ?? 0;
    made.push({
      known,
      actual,
      aware: expectedSum(learned.after(known).at(known), weekday, days),
      burn: ratePerDay(past, known, 0) * days,
    });
  }
  return made;
}

/** Mean absolute error of both methods so many days ahead, in parts of the mean actual cost; null: none has come due. */
export function meanErrors(
  history: CostHistory,
  days: number,
  learned: Learned = learn(history),
): Pick<PastError, "weekdayAware" | "burnRate"> {
  return errorsOf(forecastsMade(history, learned, days));
}

function errorsOf(made: readonly Made[]): Pick<PastError, "weekdayAware" | "burnRate"> {
  const sum = (value: (of: Made) => number) => made.reduce((total, of) => total + value(of), 0);
  const whole = sum(({ actual }) => actual);
  const partOf = (value: (of: Made) => number) => (whole > 0 ? sum(value) / whole : null);
  return {
    weekdayAware: partOf(({ aware, actual }) => Math.abs(aware - actual)),
    burnRate: partOf(({ burn, actual }) => Math.abs(burn - actual)),
  };
}

/** How good forecasts of this very subject were, by days ahead: both methods, and how often the interval held. */
export function backtest(
  history: CostHistory,
  ahead: readonly number[] = horizons,
  learned: Learned = learn(history),
): PastError[] {
  return ahead.map((days) => {
    const made = forecastsMade(history, learned, days);
    const held = made.filter(({ known, actual, aware }) => {
      const factor = spreadFactor(learned, known, days) ?? 1;
      return actual >= aware / factor && actual <= aware * factor;
    });
    return {
      days,
      forecasts: made.length,
      covered: made.length === 0 ? null : held.length / made.length,
      ...errorsOf(made),
    };
  });
}
