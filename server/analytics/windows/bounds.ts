import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import { sameTimeOn } from "@/server/calendar/same-time";
import type { WindowName } from "./windows-schemas";

export interface Bounds {
  from: Date;
  to: Date;
}

/**
 * The last `days` local days, today as far as it has come, and as many before them: those end as far into their last day as
 * today has come, in whole quarter hours, so that a part is compared with the same part.
 */
export function lastAndPrevious(
  days: number,
  now: Date,
  timeZone: string,
): { last: Bounds; previous: Bounds } {
  const today = localDay(now, timeZone);
  const start = (back: number) => startOfDay(addDays(today, -back), timeZone);
  return {
    last: { from: start(days - 1), to: start(-1) },
    previous: { from: start(2 * days - 1), to: sameTimeOn(addDays(today, -days), now, timeZone) },
  };
}

export function windowBounds(now: Date, timeZone: string): Record<WindowName, Bounds> {
  const [week, month] = [lastAndPrevious(7, now, timeZone), lastAndPrevious(30, now, timeZone)];
  return { last7: week.last, previous7: week.previous, last30: month.last, previous30: month.previous };
}
