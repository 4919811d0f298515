import { addDays, type LocalDay, localDay, startOfDay } from "./local-day";

const quarterMs = 15 * 60_000;

/** As far into another day as `instant` is into its own, in whole quarter hours, and never beyond that day's end. */
export function sameTimeOn(day: LocalDay, instant: Date, timeZone: string): Date {
  const elapsedMs = instant.getTime() - startOfDay(localDay(instant, timeZone), timeZone).getTime();
  const end = startOfDay(day, timeZone).getTime() + Math.floor(elapsedMs / quarterMs) * quarterMs;
  return new Date(Math.min(end, startOfDay(addDays(day, 1), timeZone).getTime()));
}
