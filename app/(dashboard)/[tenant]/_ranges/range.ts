import { addDays, instantOf, localTime } from "@/app/_format/local-day";

export const ranges = ["7d", "30d", "90d", "mtd"] as const;
export type Range = (typeof ranges)[number];

export const rangeLabels = {
  "7d": "7 days",
  "30d": "30 days",
  "90d": "90 days",
  mtd: "Month to date",
} as const satisfies Record<Range, string>;

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

/**
 * The period before the last `count` days. Today is not over, so the period before ends at the same time of day, `count`
 * days ago, in whole quarter hours (what the roll-ups hold): a part is compared with a part.
 */
export function daysBefore(count: number, now: Date, timeZone: string): { from: string; to: string } {
  const { day, minutes } = localTime(now, timeZone);
  const end = { day: addDays(day, -count), minutes: minutes - (minutes % 15) };
  return { from: addDays(day, 1 - 2 * count), to: instantOf(end, timeZone).toISOString() };
}
