import { noRhythm, type WeekdayFactors, WeekdayRatios } from "./weekday-factors";

/** What was known after so many whole days: the usual cost of an average day, and how weekdays differ from it. */
export interface Origin {
  usd: number;
  factors: WeekdayFactors;
}

/** A week is looked at before a level is told apart from its noise. */
export const daysToStart = 7;
/** How much of a surprise the level takes over; which of them fits best is told by the past (`Learned`). */
const gains = [0.05, 0.1, 0.2, 0.3, 0.5] as const;
const mostGain = 0.5;
/** What a gain missed four weeks ago counts half as much as what it misses today. */
const remembered = 0.5 ** (1 / 28);
/** A surprise beyond so many standard deviations is cut, unless the next days repeat it. */
const cutAt = 3;
/** The scale of surprises is a mean over some twenty days. */
const scaleGain = 0.1;
/** Of a normal distribution, the standard deviation in mean absolute deviations. */
const meanToSigma = Math.sqrt(Math.PI / 2);

export interface Followed {
  gain: number;
  /** What was known after so many whole days. */
  at: (days: number) => Origin;
}

/** Rhythm as it was known after each day. */
function rhythmsOf(past: readonly number[], firstWeekday: number): WeekdayFactors[] {
  const ratios = new WeekdayRatios();
  const known: WeekdayFactors[] = [noRhythm];
  for (let at = 0; at < past.length; at += 1) {
    if (at >= 6) ratios.add((firstWeekday + at - 3) % 7, past.slice(at - 6, at + 1));
    known.push(ratios.factors);
  }
  return known;
}

/**
 * Exponential smoothing of the cost without its rhythm. A surprise beyond three standard deviations is cut, so that one bad
 * night moves little; when the days after it go the same way, the cut widens and the gain grows until the level has followed.
 */
function follow(
  past: readonly number[],
  firstWeekday: number,
  rhythms: readonly WeekdayFactors[],
  gain: number,
): number[] {
  const levels = [0];
  let [level, scale, streak, sum] = [0, 0, 0, 0];
  past.forEach((usd, at) => {
    if (at < daysToStart) {
      sum += usd;
      level = sum / (at + 1);
      const spread = past.slice(0, at + 1).reduce((total, one) => total + Math.abs(one - level), 0);
      scale = (spread / (at + 1)) * meanToSigma;
    } else {
      const surprise = usd - level * (rhythms[at]?.[(firstWeekday + at) % 7] ?? 1);
      const limit = cutAt * scale * (1 + Math.abs(streak));
      const isFar = Math.abs(surprise) > limit;
      const towards = Math.sign(surprise);
      streak = isFar ? (streak * towards > 0 ? streak : 0) + towards : 0;
      // Where all days were alike the first that is not has nothing to be measured by.
      const taken = isFar && scale > 0 ? towards * limit : surprise;
      level = Math.max(0, level + Math.min(mostGain, gain * Math.max(1, Math.abs(streak))) * taken);
      scale += scaleGain * (Math.abs(taken) * meanToSigma - scale);
    }
    levels.push(level);
  });
  return levels;
}

/** After each day, by how much levels have missed the whole weeks that came after them until then, old misses fading. */
function weeklyMisses(past: readonly number[], levels: readonly number[]): number[] {
  const sums = [0];
  let [week, miss] = [0, 0];
  past.forEach((usd, at) => {
    week += usd - (at >= 7 ? (past[at - 7] ?? 0) : 0);
    const origin = at - 6;
    miss *= remembered;
    if (origin >= daysToStart) miss += Math.abs(week - 7 * (levels[origin] ?? 0));
    sums.push(miss);
  });
  return sums;
}

/** All that whole days teach, each origin knowing nothing of the days after it. */
export class Learned {
  private readonly rhythms: readonly WeekdayFactors[];
  private readonly followed: { gain: number; levels: number[]; misses: number[] }[];

  /** @param firstWeekday of the first of the days; 0 is Sunday */
  constructor(
    readonly past: readonly number[],
    readonly firstWeekday: number,
  ) {
    const rhythms = rhythmsOf(past, firstWeekday);
    this.rhythms = rhythms;
    this.followed = gains.map((gain) => {
      const levels = follow(past, firstWeekday, rhythms, gain);
      return { gain, levels, misses: weeklyMisses(past, levels) };
    });
  }

  /** The origins up to the one after so many days, by the gain that told the week ahead best until then. */
  after(days: number): Followed {
    const [first] = this.followed;
    if (!first) throw new RangeError("There is no gain to follow by");
    const missed = (of: typeof first) => of.misses[days] ?? 0;
    const { gain, levels } = this.followed.reduce((best, one) => (missed(one) < missed(best) ? one : best));
    return { gain, at: (day) => ({ usd: levels[day] ?? 0, factors: this.rhythms[day] ?? noRhythm }) };
  }
}

/** What `count` days cost from one of that weekday on, as it was known at the origin. */
export function expectedSum({ usd, factors }: Origin, weekday: number, count: number): number {
  const weeks = Math.floor(count / 7);
  let parts = weeks * 7;
  for (let at = weeks * 7; at < count; at += 1) parts += factors[(weekday + at) % 7] ?? 1;
  return usd * parts;
}
