import { nextPeriod, periodOf } from "@/server/activity/periods";
import type { Grain } from "@/server/activity/schemas";
import { addDays, type LocalDay } from "@/server/calendar/local-day";

/** Whole months from the first day of one to the first day after another. */
export interface Months {
  first: LocalDay;
  /** Exclusive. */
  end: LocalDay;
}

/** How many points a trend has. */
export const trendLength = { week: 12, month: 6 } as const satisfies Record<Grain, number>;

const before = (period: LocalDay, grain: Grain) => periodOf(addDays(period, -1), grain);

/** So many periods that end with the one given, the oldest first. */
export function periodsUpTo(last: LocalDay, grain: Grain, count: number): LocalDay[] {
  const periods = [last];
  while (periods.length < count) periods.unshift(before(periods[0] ?? last, grain));
  return periods;
}

/** The months that end with `month` (YYYY-MM), and as many before them. */
export function monthsUpTo(month: string, count: number): { now: Months; before: Months } {
  const last = `${month}-01`;
  const first = periodsUpTo(last, "month", count)[0] ?? last;
  const earlier = periodsUpTo(before(first, "month"), "month", count)[0] ?? first;
  return { now: { first, end: nextPeriod(last, "month") }, before: { first: earlier, end: first } };
}

/** The periods of a trend: they end with the months' last one, or with today's where those run on. */
export function trendPeriods({ end }: Months, today: LocalDay, grain: Grain): LocalDay[] {
  const last = addDays(end, -1);
  return periodsUpTo(periodOf(last < today ? last : today, grain), grain, trendLength[grain]);
}
