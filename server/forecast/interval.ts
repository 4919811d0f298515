import { daysToStart, expectedSum, type Followed, type Learned } from "./level";

/** Of all outcomes, so many are to lie within. */
export const intervalShare = 0.8;
/** Stretches side by side that are needed to tell how far forecasts of that length go astray. */
const fewestStretches = 3;
/** One that cannot be told apart from nothing has no logarithm: a thousandth of a mean day stands for nothing. */
const floorShare = 1e-3;

const z90 = 1.2815515655446004;

/** The 90th percentile of Student's t (Cornish–Fisher expansion): wider than the normal one where few stretches were seen. */
export function t90(freedom: number): number {
  const z = z90;
  const first = (z ** 3 + z) / 4;
  const second = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96;
  const third = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384;
  return z + first / freedom + second / freedom ** 2 + third / freedom ** 3;
}

/** The value below which `share` of the values lie, between neighbours by proportion. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const [low = 0, high = low] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

/** Absolute logarithms of actual to expected, of every stretch of `length` in the first `days`, each told before it began. */
function pastErrors(learned: Learned, followed: Followed, days: number, length: number): number[] {
  const { past, firstWeekday } = learned;
  const total = past.slice(0, days).reduce((sum, usd) => sum + usd, 0);
  const floor = (floorShare * length * total) / Math.max(1, days);
  const errors: number[] = [];
  let actual = past.slice(daysToStart, daysToStart + length).reduce((sum, usd) => sum + usd, 0);
  for (let at = daysToStart; at + length <= days; at += 1) {
    const expected = expectedSum(followed.at(at), (firstWeekday + at) % 7, length);
    errors.push(Math.abs(Math.log((Math.max(0, actual) + floor) / (expected + floor))));
    actual += (past[at + length] ?? 0) - (past[at] ?? 0);
  }
  return errors;
}

/** The variance of a mean over so many days in units of one day's, of a level that follows its surprises by `gain`. */
function varianceOfMean(gain: number, days: number): number {
  let sum = 0;
  for (let left = 0; left < days; left += 1) sum += (1 + gain * left) ** 2;
  return sum / days ** 2;
}

/**
 * By which factor the next `length` days may differ from what is expected, in four of five cases, as it was known after
 * so many days: from the errors of every earlier forecast of the same length. Where the past is too short for that, from
 * the longest that it is long enough for, widened as exponential smoothing does (Hyndman et al. 2008, chapter 6).
 * Null: nothing was ever forecast.
 */
export function spreadFactor(learned: Learned, days: number, length: number): number | null {
  const followed = learned.after(days);
  const longest = Math.floor((days - daysToStart + 1) / (fewestStretches + 1));
  const seen = Math.max(1, Math.min(length, longest));
  const errors = pastErrors(learned, followed, days, seen);
  if (errors.length === 0) return null;
  const stretches = Math.max(1, errors.length / seen);
  const error = quantile(errors, intervalShare) * (t90(stretches) / z90);
  const wider = Math.sqrt(varianceOfMean(followed.gain, length) / varianceOfMean(followed.gain, seen));
  return Math.exp(error * Math.max(1, wider));
}
