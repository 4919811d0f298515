import type { Stretch } from "@/server/analytics/schemas";
import { addDays, type LocalDay, localDay } from "@/server/calendar/local-day";
import { sameTimeOn } from "@/server/calendar/same-time";
import { addMonths, daysBetween, instantOf, isDay, quarterMs } from "./moments";
import { monthsOf, type RangeChoice, stretchOf } from "./range";

export const compareModes = ["previous", "year", "custom", "off"] as const;
export type CompareMode = (typeof compareModes)[number];
export const defaultCompare: CompareMode = "previous";

export interface CompareChoice {
  mode: CompareMode;
  /** Mondays with Mondays: the shift is a whole number of weeks. */
  matchWeekday: boolean;
  /** Of mode custom. */
  custom: Stretch | null;
}

/**
 * What a range is compared with. Of a range that is under way, the other one ends as far into its last day as this one
 * has come, cut to the quarter hour: a part is compared with the same part. Months are compared with months.
 * @returns null when nothing is compared
 */
export function comparedStretch(
  choice: RangeChoice,
  compare: CompareChoice,
  now: Date,
  timeZone: string,
): Stretch | null {
  if (compare.mode === "off" || (choice === "all" && compare.mode === "previous")) return null;
  if (compare.mode === "custom") return compare.custom;
  const stretch = stretchOf(choice, now, timeZone);
  const isUnderWay = now >= instantOf(stretch.from, timeZone) && now < instantOf(stretch.to, timeZone);
  const days = daysBack(stretch, compare, timeZone);
  if (compare.mode === "previous" && !(isDay(stretch.from) && isDay(stretch.to))) {
    const end = isUnderWay
      ? Math.floor(now.getTime() / quarterMs) * quarterMs
      : instantOf(stretch.to, timeZone).getTime();
    const start = instantOf(stretch.from, timeZone).getTime();
    const ago = (instant: number) => new Date(instant - days * 86_400_000).toISOString();
    return end > start ? { from: ago(start), to: ago(end) } : null;
  }
  const calendar = compare.mode === "year" ? 12 : monthsOf(choice, stretch);
  const months = compare.matchWeekday ? 0 : calendar;
  const earlier = (day: LocalDay) => (months > 0 ? addMonths(day, -months) : addDays(day, -days));

  const from = moved(stretch.from, earlier, timeZone);
  if (!isUnderWay) return { from, to: movedEnd(stretch.to, earlier, timeZone) };
  const today = localDay(now, timeZone);
  const other = earlier(today);
  // The 31st has come when there was no 31st: then all of that month has.
  if (months > 0 && today.slice(8) > other.slice(8)) return { from, to: addDays(other, 1) };
  const to = sameTimeOn(other, now, timeZone);
  return to > instantOf(from, timeZone) ? { from, to: to.toISOString() } : null;
}

function daysBack(stretch: Stretch, { mode, matchWeekday }: CompareChoice, timeZone: string): number {
  if (mode === "year") return 364;
  const days = lengthInDays(stretch, timeZone);
  return matchWeekday ? Math.ceil(days / 7) * 7 : days;
}

/** Hours of a day are compared with the same hours of another. */
function lengthInDays(stretch: Stretch, timeZone: string): number {
  if (isDay(stretch.from) && isDay(stretch.to)) return daysBetween(stretch.from, stretch.to);
  const lengthMs = instantOf(stretch.to, timeZone).getTime() - instantOf(stretch.from, timeZone).getTime();
  // Of 25 hours, too, a day is a day.
  return Math.max(1, Math.ceil((lengthMs - 3_600_000) / 86_400_000));
}

function moved(moment: string, earlier: (day: LocalDay) => LocalDay, timeZone: string): string {
  if (isDay(moment)) return earlier(moment);
  const at = new Date(moment);
  return sameTimeOn(earlier(localDay(at, timeZone)), at, timeZone).toISOString();
}

/** The end is excluded, so it is the last day that is moved. */
function movedEnd(moment: string, earlier: (day: LocalDay) => LocalDay, timeZone: string): string {
  if (!isDay(moment)) return moved(moment, earlier, timeZone);
  // Firsts of months meet firsts of months, however long either is.
  return moment.endsWith("-01") ? earlier(moment) : addDays(earlier(addDays(moment, -1)), 1);
}
