import { addDays, type LocalDay } from "@/server/calendar/local-day";
import { addMonths, firstOfMonth } from "@/server/calendar/month";
import type { Grain } from "./schemas";

/** The Monday, or the first of the month, on or before the day. */
export function periodOf(day: LocalDay, grain: Grain): LocalDay {
  if (grain === "month") return firstOfMonth(day);
  // The 1st of January 1970 was a Thursday.
  const sinceMonday = (Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000) + 3) % 7;
  return addDays(day, -((sinceMonday + 7) % 7));
}

/** @param period first day of a period */
export function nextPeriod(period: LocalDay, grain: Grain): LocalDay {
  return grain === "week" ? addDays(period, 7) : addMonths(period, 1);
}

/** First and last day of a period. */
export function daysOfPeriod(period: LocalDay, grain: Grain): { first: LocalDay; last: LocalDay } {
  return { first: period, last: addDays(nextPeriod(period, grain), -1) };
}

/** How many periods `to` begins after `from`; both are first days of periods. */
export function periodsBetween(from: LocalDay, to: LocalDay, grain: Grain): number {
  if (grain === "week") return Math.round((Date.parse(to) - Date.parse(from)) / (7 * 86_400_000));
  const monthsOf = (day: LocalDay) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return monthsOf(to) - monthsOf(from);
}
