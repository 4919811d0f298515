import { localDay } from "@/server/calendar/local-day";
import type { PolicyTag } from "@/server/attribution/schemas";
import { daysOf, type Range } from "../_ranges/range";

/** What the screen asks, alike by the page (to prefetch) and by its client parts. */
export function coverageQuestions(range: Range, tag: PolicyTag, now: Date, timeZone: string) {
  const days = daysOf(range, localDay(now, timeZone));
  return { days, coverage: { ...days, tag }, retryTax: days } as const;
}
