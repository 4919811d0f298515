import { Calendar, hourMs } from "./calendar";
import type { Cadence } from "./schemas";

/** What was missed further back than this is not looked at any more: who was away for days wants no flood of old news. */
const mostHours = 48;
const mostDays = 7;
/** Provisional hours: as many as the latency buffer is long, and what a standstill of the roll-ups adds. */
const mostProvisionalHours = 6;

export interface Clock {
  timeZone: string;
  now: Date;
  /** Figures up to here are final. */
  finalThrough: Date;
  /** Up to when this cadence has looked; null: never. */
  evaluatedTo: Date | null;
}

function ends(from: number, to: number, end: (number: number) => Date, most: number): Date[] {
  const first = Math.max(from, to - most + 1);
  return Array.from({ length: Math.max(0, to - first + 1) }, (_, i) => end(first + i));
}

/**
 * The instants that want to be judged, in order: ends of hours and of local days that have become final since; of `fast`,
 * the hours that are not final yet, and now. Who looks for the first time looks at the last one alone.
 */
export function dueInstants(cadence: Cadence, { timeZone, now, finalThrough, evaluatedTo }: Clock): Date[] {
  const calendar = new Calendar(timeZone, now);
  if (cadence === "fast") {
    const running = calendar.hourOf(now);
    const first = Math.max(calendar.hourOf(finalThrough), running - mostProvisionalHours);
    const whole = ends(first, running - 1, (hour) => calendar.startOfHour(hour + 1), mostProvisionalHours);
    return [...whole.filter((end) => end < now), now];
  }
  if (cadence === "hourly") {
    const last = calendar.hourOf(finalThrough) - 1;
    const from = evaluatedTo ? calendar.hourOf(evaluatedTo) : last;
    return ends(from, last, (hour) => calendar.startOfHour(hour + 1), mostHours);
  }
  const last = calendar.dayEndingAt(new Date(finalThrough.getTime() + 1)) - 1;
  const from = evaluatedTo ? calendar.dayEndingAt(new Date(evaluatedTo.getTime() + 1)) : last;
  return ends(from, last, (day) => calendar.startOfDay(day + 1), mostDays);
}

/** Every instant at which a cadence would have looked in a stretch of the past, with all figures final. */
export function pastInstants(cadence: Cadence, timeZone: string, from: Date, to: Date): Date[] {
  const calendar = new Calendar(timeZone, to);
  if (cadence === "daily") {
    const last = calendar.dayEndingAt(new Date(to.getTime() + 1)) - 1;
    return ends(
      calendar.dayEndingAt(new Date(from.getTime() + 1)),
      last,
      (day) => calendar.startOfDay(day + 1),
      Infinity,
    );
  }
  const last = calendar.hourOf(to) - 1;
  const first = calendar.hourOf(new Date(from.getTime() + hourMs - 1));
  return ends(first, last, (hour) => calendar.startOfHour(hour + 1), Infinity);
}
