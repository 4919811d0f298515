import { monthAfter } from "@/server/periods/closed-month";
import type { Month } from "@/server/periods/schemas";

/** All months from one to another, both included. */
export function monthsFromTo(first: Month, last: Month): Month[] {
  const months: Month[] = [];
  for (let month = first; month <= last; month = monthAfter(month)) months.push(month);
  return months;
}
