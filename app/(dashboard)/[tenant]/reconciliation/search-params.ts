import { createLoader, parseAsString } from "nuqs/server";
import { lastWholeMonth } from "@/server/calendar/month";
import { Month } from "@/server/periods/schemas";

/** Without: the month before the one that runs. */
export const monthParam = parseAsString;
export const loadReconciliationParams = createLoader({ month: monthParam });

/** The last month that is over where the tenant is. */
export function lastMonth(now: Date, timeZone: string): string {
  return lastWholeMonth(now, timeZone).slice(0, 7);
}

/** What the address asks for; what is no month is as good as nothing. */
export function monthOf(asked: string | null, now: Date, timeZone: string): string {
  const parsed = Month.safeParse(asked);
  return parsed.success ? parsed.data : lastMonth(now, timeZone);
}
