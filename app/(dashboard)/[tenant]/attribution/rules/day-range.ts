import { addDays, localDay } from "@/server/calendar/local-day";

/** As people say it: the last day is included. */
export interface DayRange {
  from: string;
  lastDay: string;
}

const usualDays = 30;

export function usualRange(now: Date, timeZone: string): DayRange {
  const today = localDay(now, timeZone);
  return { from: addDays(today, 1 - usualDays), lastDay: today };
}

/** As the server is asked: the last day is not included. Null while a day is not filled in. */
export function askedDays({ from, lastDay }: DayRange): { from: string; to: string } | null {
  return from === "" || lastDay === "" ? null : { from, to: addDays(lastDay, 1) };
}
