/** How much of an average day's cost each weekday has, Sunday first; their mean is 1. */
export type WeekdayFactors = readonly number[];

export const noRhythm: WeekdayFactors = [1, 1, 1, 1, 1, 1, 1];

/** Of each weekday so many are looked at: two months, within which rhythms hold. */
const weeksLookedAt = 8;
const fewestWeeks = 2;
/** Of a normal distribution, the standard deviation in median absolute deviations. */
const madToSigma = 1.4826;

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low = 0, high = 0] = [sorted[middle - (sorted.length % 2 === 0 ? 1 : 0)], sorted[middle]];
  return (low + high) / 2;
}

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Each weekday's cost in parts of the mean of the week around it, as far as whole weeks are around it. */
export class WeekdayRatios {
  private readonly weekdays = Array.from({ length: 7 }, () => ({
    ratios: [] as number[],
    middle: 1,
    /** Variance of the middle. */
    noise: 0,
  }));
  private made: WeekdayFactors = noRhythm;

  /** @param week seven days' cost, the fourth of which is a `weekday` */
  add(weekday: number, week: readonly number[]): void {
    const usual = mean(week);
    const of = this.weekdays[weekday];
    if (usual <= 0 || !of) return;
    of.ratios.push((week[3] ?? 0) / usual);
    if (of.ratios.length > weeksLookedAt) of.ratios.shift();
    of.middle = median(of.ratios);
    const deviation = median(of.ratios.map((ratio) => Math.abs(ratio - of.middle))) * madToSigma;
    of.noise = deviation ** 2 / of.ratios.length;
    if (this.weekdays.every(({ ratios }) => ratios.length >= fewestWeeks))
      this.made = factorsOf(this.weekdays);
  }

  get factors(): WeekdayFactors {
    return this.made;
  }
}

/**
 * The median of each weekday's ratios, drawn towards 1 as far as the weekdays differ no more among each other than the
 * weeks do (empirical Bayes: B / (B + W), with the variances between and within). Fewer than two weeks tell no rhythm.
 */
function factorsOf(weekdays: readonly { middle: number; noise: number }[]): WeekdayFactors {
  const middles = weekdays.map(({ middle }) => middle);
  const centre = mean(middles);
  const between = middles.reduce((sum, middle) => sum + (middle - centre) ** 2, 0) / (middles.length - 1);
  const within = mean(weekdays.map(({ noise }) => noise));
  // What differs between medians is partly their own noise.
  const real = Math.max(0, between - within);
  const trust = real === 0 ? 0 : real / (real + within);
  const drawn = middles.map((middle) => Math.max(0, 1 + trust * (middle - 1)));
  const scale = mean(drawn);
  return scale > 0 ? drawn.map((factor) => factor / scale) : noRhythm;
}
