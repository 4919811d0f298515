import { addDays, type LocalDay, localDay, startOfDay } from "@/server/calendar/local-day";

/** A month of local days. */
export interface ReviewMonth {
  first: LocalDay;
  last: LocalDay;
  /** The first of the next month, exclusive. */
  end: LocalDay;
  from: Date;
  to: Date;
}

export const firstOfMonth = (day: LocalDay): LocalDay => `${day.slice(0, 7)}-01`;

/** @param first the first of a month */
export function addMonths(first: LocalDay, months: number): LocalDay {
  const [year = 0, month = 1] = first.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

export const lastOfMonth = (day: LocalDay): LocalDay => addDays(addMonths(firstOfMonth(day), 1), -1);

/** @param first the first of a month */
export function monthOf(first: LocalDay, timeZone: string): ReviewMonth {
  const end = addMonths(first, 1);
  return {
    first,
    last: addDays(end, -1),
    end,
    from: startOfDay(first, timeZone),
    to: startOfDay(end, timeZone),
  };
}

/** The month that runs. */
export const thisMonth = (now: Date, timeZone: string): LocalDay => firstOfMonth(localDay(now, timeZone));

/** The last month that is over. */
export const lastWholeMonth = (now: Date, timeZone: string): LocalDay =>
  addMonths(thisMonth(now, timeZone), -1);
