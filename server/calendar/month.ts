import { addDays, type LocalDay, localDay } from "./local-day";

export const firstOfMonth = (day: LocalDay): LocalDay => `${day.slice(0, 7)}-01`;

/** @param first the first of a month */
export function addMonths(first: LocalDay, months: number): LocalDay {
  const [year = 0, month = 1] = first.split("-").map(Number);
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10);
}

export const lastOfMonth = (day: LocalDay): LocalDay => addDays(addMonths(firstOfMonth(day), 1), -1);

/** The month that runs, by its first day. */
export const thisMonth = (now: Date, timeZone: string): LocalDay => firstOfMonth(localDay(now, timeZone));

/** The last month that is over, by its first day. */
export const lastWholeMonth = (now: Date, timeZone: string): LocalDay =>
  addMonths(thisMonth(now, timeZone), -1);

/** @param month YYYY-MM, as what comes back */
export const monthAfter = (month: string): string => addMonths(`${month}-01`, 1).slice(0, 7);

/** All months from one to another, both included, as YYYY-MM. */
export function monthsFromTo(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
}
