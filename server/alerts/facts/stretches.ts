import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import { addMonths, firstOfMonth } from "@/server/calendar/month";
import type { Range } from "@/server/analytics/range";
import { type Calendar, dayOfNumber, hourMs } from "../calendar";
import { likeWeeks, memoryDays, trailingDays } from "../series";

const ofInstants = (from: Date, to: Date): Range => ({ from, to, days: null });
/** Windows further apart are looked at with everything between them. */
export const mostDaysApart = 2;

/**
 * The hours that windows from `first` to `last` are compared with: the week before and, of the weeks before that, the same
 * weekdays with an hour more at both ends. What a replay of months needs is everything.
 */
export function hourRanges(calendar: Calendar, first: Date, last: Date): Range[] {
  const [from, to] = [calendar.dayEndingAt(first), calendar.dayEndingAt(last)];
  const end = calendar.startOfHour(calendar.hourOf(new Date(last.getTime() - 1)) + 1);
  const begin = calendar.startOfDay(from - trailingDays - 1);
  if (to - from >= mostDaysApart) return [ofInstants(calendar.startOfDay(from - 7 * likeWeeks - 1), end)];
  const weeks = Array.from({ length: likeWeeks - 1 }, (_, i) => 7 * (likeWeeks - i));
  const like = weeks.map((back) =>
    ofInstants(
      new Date(calendar.startOfDay(from - back).getTime() - 2 * hourMs),
      new Date(calendar.startOfDay(to - back + 1).getTime() + 2 * hourMs),
    ),
  );
  return [...like, ofInstants(begin, end)];
}

/** Whole local days, as reports have them. */
export function wholeDays(
  calendar: Calendar,
  first: number,
  last: number,
): Range & { days: { first: string; last: string } } {
  return {
    from: calendar.startOfDay(first),
    to: calendar.startOfDay(last + 1),
    days: { first: dayOfNumber(first), last: dayOfNumber(last) },
  };
}

export const daysOfMemory = (calendar: Calendar, first: Date, last: Date): Range =>
  wholeDays(calendar, calendar.dayEndingAt(first) - memoryDays, calendar.dayEndingAt(last));

/** The local month of an instant: its bounds, and its days so far. */
export function monthOf(now: Date, timeZone: string) {
  const today = localDay(now, timeZone);
  const first = firstOfMonth(today);
  const next = addMonths(first, 1);
  return {
    from: startOfDay(first, timeZone),
    to: startOfDay(next, timeZone),
    before: startOfDay(addMonths(first, -1), timeZone),
    today: {
      day: today,
      from: startOfDay(today, timeZone),
      to: startOfDay(addDays(today, 1), timeZone),
      before: startOfDay(addDays(today, -1), timeZone),
    },
    days: { first, last: today },
    daysInMonth: Math.round((Date.parse(next) - Date.parse(first)) / 86_400_000),
  };
}
