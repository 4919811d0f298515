import { monthsFromTo } from "@/server/calendar/month";

/** Months from one local day to another, the newest first. */
export const monthsSince = (first: string, last: string): string[] =>
  monthsFromTo(first.slice(0, 7), last.slice(0, 7)).reverse();
