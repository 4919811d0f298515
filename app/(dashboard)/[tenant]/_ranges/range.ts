import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";

export const ranges = ["7d", "30d", "90d", "mtd"] as const;
export type Range = (typeof ranges)[number];

export const rangeLabels = {
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  mtd: "Month to date",
} as const satisfies Record<Range, string>;

/** As a choice on the screen. */
export const rangeOptions = ranges.map((value) => ({
  value,
  label: value === "mtd" ? "MTD" : value,
  title: rangeLabels[value],
}));

/** Local days; `to` is not included. */
export interface Days {
  from: string;
  to: string;
}

/** The last days up to and including today. */
export function lastDays(count: number, today: string): Days {
  const to = addDays(today, 1);
  return { from: addDays(to, -count), to };
}

export function daysOf(range: Range, today: string): Days {
  if (range === "mtd") return { from: `${today.slice(0, 7)}-01`, to: addDays(today, 1) };
  return lastDays(Number.parseInt(range, 10), today);
}

/** Every day of a range, in order. */
export function eachDay({ from, to }: Days): string[] {
  const days: string[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}

const quarterMs = 15 * 60_000;

/**
 * The period before the last `count` days. Today is not over, so the period before ends as far into its last day, in whole
 * quarter hours (what the roll-ups hold): a part is compared with the same part.
 */
export function daysBefore(count: number, now: Date, timeZone: string): { from: string; to: string } {
  const today = localDay(now, timeZone);
  const elapsedMs = now.getTime() - startOfDay(today, timeZone).getTime();
  const lastDay = addDays(today, -count);
  const end = startOfDay(lastDay, timeZone).getTime() + Math.floor(elapsedMs / quarterMs) * quarterMs;
  const endOfLastDay = startOfDay(addDays(lastDay, 1), timeZone).getTime();
  return { from: addDays(today, 1 - 2 * count), to: new Date(Math.min(end, endOfLastDay)).toISOString() };
}
