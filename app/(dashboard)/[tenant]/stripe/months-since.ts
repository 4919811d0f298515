import { monthAfter } from "@/server/periods/closed-month";

/** Months from one local day to another, the newest first. */
export function monthsSince(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first.slice(0, 7); month <= last.slice(0, 7); month = monthAfter(month))
    months.unshift(month);
  return months;
}
