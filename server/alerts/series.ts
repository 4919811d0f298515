import { Usd } from "@/server/prices/decimal";
import type { Calendar } from "./calendar";

/** Sums of an hour of one subject's calls: of hours there are many, and rules compare no more of them than this. */
export interface HourPoint {
  /** Decimal string, USD. */
  costUsd: string;
  calls: number;
  retryCalls: number;
  /** Decimal string, USD. */
  retryCostUsd: string;
}

/** Sums of a day. */
export interface Point extends HourPoint {
  unpricedCalls: number;
  latencyMs: number;
  latencyCalls: number;
  inputTokens: number;
  cacheReadTokens: number;
}

export const nothing: Point = {
  costUsd: "0",
  calls: 0,
  unpricedCalls: 0,
  retryCalls: 0,
  retryCostUsd: "0",
  latencyMs: 0,
  latencyCalls: 0,
  inputTokens: 0,
  cacheReadTokens: 0,
};

/** One subject's sums by hour or by day, numbered as the calendar does. A stretch without calls is 0. */
export class Series<Of extends HourPoint = Point> {
  private seen: number[] | null = null;

  constructor(private readonly points: ReadonlyMap<number, Of>) {}

  entries(): Iterable<[number, Of]> {
    return this.points;
  }

  at(number: number): Of | Point {
    return this.points.get(number) ?? nothing;
  }

  /** The first with calls from `number` on; null: there is none. */
  firstFrom(number: number): number | null {
    this.seen ??= [...this.points]
      .flatMap(([at, { calls }]) => (calls > 0 ? [at] : []))
      .sort((a, b) => a - b);
    return this.seen.find((at) => at >= number) ?? null;
  }

  /** USD as a float: for statistics, never for an amount that is told. */
  cost(number: number): number {
    const point = this.points.get(number);
    return point ? Number(point.costUsd) : 0;
  }

  /** Exactly, from `first` to `last`, both inclusive. */
  usd(first: number, last: number): Usd {
    let sum = new Usd(0);
    for (let number = first; number <= last; number += 1) {
      const point = this.points.get(number);
      if (point) sum = sum.plus(point.costUsd);
    }
    return sum;
  }

  sum(first: number, last: number, pick: (point: Of) => number): number {
    let sum = 0;
    for (let number = first; number <= last; number += 1) {
      const point = this.points.get(number);
      if (point) sum += pick(point);
    }
    return sum;
  }
}

export const empty = new Series(new Map<number, Point>());

/** Calls by hour or day, of several subjects together: for counts, not for amounts. */
export function together(all: Iterable<Series<HourPoint>>): Series {
  const points = new Map<number, Point>();
  for (const series of all)
    for (const [number, { calls }] of series.entries())
      points.set(number, { ...nothing, calls: (points.get(number)?.calls ?? 0) + calls });
  return new Series(points);
}

export const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);

/** Days of the trailing mean, and weeks in which the same hour or weekday is looked for. */
export const trailingDays = 7;
export const likeWeeks = 4;
const hoursOfWeek = 168;

/** The hours before `hour`, which is not among them, as far as one week goes back. */
export const trailingHours = (hour: number): number[] => range(hour - trailingDays * 24, hour - 1);

/**
 * Hours like this one: at the same time of the days before, and in the same hour of the weeks before, an hour more on both
 * sides, since clocks change and habits are not on the minute. What happens each night, or each Monday, is usual then.
 * @param first the first hour that is known of the subject: earlier ones are no zeros, they are nothing
 */
export function likeHours(hour: number, first: number): number[] {
  const days = range(1, trailingDays).map((days) => hour - 24 * days);
  const weeks = range(1, likeWeeks).flatMap((weeks) => {
    const same = hour - hoursOfWeek * weeks;
    return weeks === 1 ? [same - 1, same + 1] : [same - 1, same, same + 1];
  });
  return [...days, ...weeks].filter((like) => like >= first);
}

/** The same weekday of the weeks before. */
export const likeDays = (day: number, first: number): number[] =>
  range(1, likeWeeks)
    .map((weeks) => day - 7 * weeks)
    .filter((like) => like >= first);

export interface FeatureFacts {
  calendar: Calendar;
  subject: { kind: "feature"; key: string };
  hours: Series<HourPoint>;
  days: Series;
}

/** Who was silent for so long begins anew. */
export const memoryDays = 35;

/** The first day on which a subject was seen, as far as five weeks go back; null: it was not. */
export function firstSeen(days: Series, day: number): number | null {
  const first = days.firstFrom(day - memoryDays);
  return first !== null && first <= day ? first : null;
}

export const featureName = (key: string): string => (key === "" ? "Calls without a feature" : key);
