import { startOfDay } from "@/server/calendar/local-day";
import { monthAfter } from "@/server/calendar/month";
import type { Month } from "./schemas";

/** A month that finance has closed, as the stretch of time that it was when it was closed. */
export interface ClosedMonth {
  month: Month;
  /** Its zone, which may not be the tenant's any more. */
  timeZone: string;
  from: Date;
  /** Exclusive. */
  to: Date;
}

/** When a month begins and ends in a zone. */
export function spanOf(month: Month, timeZone: string): Pick<ClosedMonth, "from" | "to"> {
  return {
    from: startOfDay(`${month}-01`, timeZone),
    to: startOfDay(`${monthAfter(month)}-01`, timeZone),
  };
}

/**
 * The stretch that a month is closed as. It begins where the month before ended and ends where the next began, if those are
 * closed: after a change of zone no hour may be in two statements, or in none.
 */
export function spanToClose(month: Month, timeZone: string, closed: readonly ClosedMonth[]): ClosedMonth {
  const { from, to } = spanOf(month, timeZone);
  const before = closed.find((other) => monthAfter(other.month) === month);
  const next = closed.find((other) => other.month === monthAfter(month));
  return { month, timeZone, from: before?.to ?? from, to: next?.from ?? to };
}

/** Whether it is made of whole days of its zone, as roll-ups of days are. */
export function isOfWholeDays({ month, timeZone, from, to }: ClosedMonth): boolean {
  const whole = spanOf(month, timeZone);
  return whole.from.getTime() === from.getTime() && whole.to.getTime() === to.getTime();
}

/** The closed month that an instant lies in: what happened then is frozen. Null: it may still change. */
export function closedMonthOf(closed: readonly ClosedMonth[], at: Date): ClosedMonth | null {
  return closed.find(({ from, to }) => at >= from && at < to) ?? null;
}

export function isClosed(closed: readonly ClosedMonth[], at: Date): boolean {
  return closedMonthOf(closed, at) !== null;
}
