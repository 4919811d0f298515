import { startOfDay } from "@/server/calendar/local-day";
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

export function monthAfter(month: Month): Month {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

/** When a month begins and ends in a zone. */
export function spanOf(month: Month, timeZone: string): Pick<ClosedMonth, "from" | "to"> {
  return {
    from: startOfDay(`${month}-01`, timeZone),
    to: startOfDay(`${monthAfter(month)}-01`, timeZone),
  };
}

/** The closed month that an instant lies in: what happened then is frozen. Null: it may still change. */
export function closedMonthOf(closed: readonly ClosedMonth[], at: Date): ClosedMonth | null {
  return closed.find(({ from, to }) => at >= from && at < to) ?? null;
}

export function isClosed(closed: readonly ClosedMonth[], at: Date): boolean {
  return closedMonthOf(closed, at) !== null;
}
