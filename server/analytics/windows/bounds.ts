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

export interface Part extends Bounds {
  /** Windows that it is part of. */
  in: WindowName[];
}

/** Cuts overlapping windows into stretches, each part of the same windows throughout, so that each is read once. */
export function partsOf(windows: Record<WindowName, Bounds>): Part[] {
  const named = Object.entries(windows) as [WindowName, Bounds][];
  const edges = [...new Set(named.flatMap(([, { from, to }]) => [from.getTime(), to.getTime()]))].sort(
    (one, other) => one - other,
  );
  return edges.slice(1).flatMap((to, at) => {
    const from = edges[at] ?? to;
    const names = named.filter(([, window]) => window.from.getTime() <= from && window.to.getTime() >= to);
    if (names.length === 0) return [];
    return [{ from: new Date(from), to: new Date(to), in: names.map(([name]) => name) }];
  });
}
