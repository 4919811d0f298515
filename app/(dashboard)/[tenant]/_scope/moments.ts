import type { Stretch } from "@/server/analytics/schemas";
import { addDays, type LocalDay, localDay, startOfDay } from "@/server/calendar/local-day";
import { firstOfMonth } from "@/server/calendar/month";

/** What the roll-ups hold: a finer bound could only be answered partially. */
export const quarterMs = 15 * 60_000;
/** Reports reach so far at once (server/analytics/range.ts). */
export const longestDays = 800;
const dayMs = 86_400_000;

/** Whether a bound is a day that exists, written YYYY-MM-DD. */
export function isDay(moment: string): moment is LocalDay {
  if (!/^2\d{3}-\d{2}-\d{2}$/.test(moment)) return false;
  const at = new Date(`${moment}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(moment);
}

const isQuarter = (moment: string) =>
  /^2\d{3}-\d{2}-\d{2}T\d{2}:\d{2}(:00(\.000)?)?Z$/.test(moment) && Date.parse(moment) % quarterMs === 0;

export function instantOf(moment: string, timeZone: string): Date {
  return isDay(moment) ? startOfDay(moment, timeZone) : new Date(moment);
}

/** A stretch as an address names it; null unless reports can be asked about it. */
export function readStretch(from: string | null, to: string | null, timeZone: string): Stretch | null {
  if (from === null || to === null) return null;
  if (!(isDay(from) || isQuarter(from)) || !(isDay(to) || isQuarter(to))) return null;
  const length = instantOf(to, timeZone).getTime() - instantOf(from, timeZone).getTime();
  return length > 0 && length <= longestDays * dayMs ? { from, to } : null;
}

/** The whole local days that a stretch touches; `to` is not included. */
export function daysOf({ from, to }: Stretch, timeZone: string): { from: LocalDay; to: LocalDay } {
  const firstDay = isDay(from) ? from : localDay(new Date(from), timeZone);
  if (isDay(to)) return { from: firstDay, to };
  return { from: firstDay, to: addDays(localDay(new Date(Date.parse(to) - 1), timeZone), 1) };
}

export function daysBetween(from: LocalDay, to: LocalDay): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

/** The same day of another month; the month's last where it is shorter. */
export function addMonths(day: LocalDay, months: number): LocalDay {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(date, last));
  return first.toISOString().slice(0, 10);
}

export function firstOfQuarter(day: LocalDay): LocalDay {
  const month = Number(day.slice(5, 7));
  return addMonths(firstOfMonth(day), -((month - 1) % 3));
}

/** When the clock of the zone last showed a full hour. */
export function startOfHour(instant: Date, timeZone: string): Date {
  const intoDayMs = instant.getTime() - startOfDay(localDay(instant, timeZone), timeZone).getTime();
  const minute = Number(
    new Intl.DateTimeFormat("en-GB", { timeZone, minute: "2-digit" }).format(instant).slice(-2),
  );
  return new Date(instant.getTime() - Math.min(intoDayMs, minute * 60_000 + (instant.getTime() % 60_000)));
}

/** Every day of a range, in order. */
export function eachDay({ from, to }: { from: LocalDay; to: LocalDay }): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = from; day < to; day = addDays(day, 1)) days.push(day);
  return days;
}
