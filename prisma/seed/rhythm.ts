import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import type { Rhythm } from "./profile";

const hourMs = 3_600_000;

// By local hour, midnight first.
const byHour: Record<Rhythm, readonly number[]> = {
  office: [1, 1, 1, 1, 1, 2, 6, 18, 55, 90, 100, 96, 70, 82, 98, 95, 84, 60, 30, 16, 10, 7, 4, 2],
  consumer: [22, 14, 9, 7, 6, 8, 16, 30, 48, 60, 66, 70, 74, 72, 70, 72, 78, 84, 92, 100, 98, 86, 62, 38],
  steady: [70, 68, 66, 65, 66, 68, 72, 78, 88, 95, 100, 100, 97, 98, 100, 98, 95, 90, 86, 84, 82, 78, 75, 72],
  nightly: [0, 0, 100, 80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
};
// By weekday, Sunday first.
const byWeekday: Record<Rhythm, readonly number[]> = {
  office: [0.12, 0.95, 1.05, 1.08, 1.04, 0.85, 0.15],
  consumer: [0.8, 1, 1.02, 1, 1.03, 1.05, 0.9],
  steady: [0.85, 1, 1, 1, 1, 1, 0.88],
  nightly: [1, 1, 1, 1, 1, 1, 1],
};

export interface Hour {
  start: Date;
  /** Position in the window, 0 the first hour and 1 the last. */
  progress: number;
  daysAgo: number;
  localHour: number;
  weekday: number;
}

/** The whole hours (UTC) of the last `days` days up to `end`, told in the zone. */
export function hoursBefore(end: Date, days: number, timeZone: string): Hour[] {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" });
  const today = Date.parse(localDay(end, timeZone));
  const count = days * 24;
  return Array.from({ length: count }, (_, i) => {
    const start = new Date(end.getTime() - (count - i) * hourMs);
    const day = Date.parse(localDay(start, timeZone));
    return {
      start,
      progress: i / (count - 1),
      daysAgo: Math.round((today - day) / (24 * hourMs)),
      localHour: Number(format.format(start)),
      weekday: new Date(day).getUTCDay(),
    };
  });
}

/** How busy a feature is in that hour, relative to its other hours; the tenant grows by a third over the window. */
export function activity(rhythm: Rhythm, hour: Hour): number {
  const growth = 1 + hour.progress / 3;
  return (byHour[rhythm][hour.localHour] ?? 0) * (byWeekday[rhythm][hour.weekday] ?? 0) * growth;
}

/** The instant at which an hour of a local day began. */
export function instantDaysAgo(now: Date, timeZone: string, daysAgo: number, hour = 0): Date {
  const day = addDays(localDay(now, timeZone), -daysAgo);
  return new Date(startOfDay(day, timeZone).getTime() + hour * hourMs);
}
