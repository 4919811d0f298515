import { daysBefore, daysOf, lastDays, type Range } from "../_ranges/range";
import { addDays, localDay } from "@/server/calendar/local-day";

/** The tags that Overview breaks spend down by, in their order on the screen; a tool call has no model to attribute. */
export const breakdowns = [
  { groupBy: "feature", noun: "Feature", title: "Features", without: "Unattributed" },
  { groupBy: "model", noun: "Model", title: "Models", without: "No model" },
  { groupBy: "user", noun: "User", title: "Users", without: "Unattributed" },
  { groupBy: "prompt", noun: "Prompt", title: "Prompts", without: "Unattributed" },
  { groupBy: "team", noun: "Team", title: "Teams", without: "Unattributed" },
  { groupBy: "provider", noun: "Provider", title: "Providers", without: "No provider" },
] as const;

export type Breakdown = (typeof breakdowns)[number];

export const topRows = 7;
/** Days before the first bar that its 7-day average reaches back to. */
const averageReach = 6;

/** Every question of the screen, asked alike by the page (to prefetch) and by its client parts. */
export function overviewQuestions(range: Range, now: Date, timeZone: string) {
  const today = localDay(now, timeZone);
  const days = daysOf(range, today);
  return {
    today,
    days,
    daily: { from: addDays(days.from, -averageReach), to: days.to, granularity: "day" },
    total: { ...days, granularity: "total" },
    periods: [7, 30].map((count) => ({
      count,
      current: { ...lastDays(count, today), granularity: "total" } as const,
      previous: { ...daysBefore(count, now, timeZone), granularity: "total" } as const,
    })),
    /** Wide enough to find a model without a price, which is never among the dearest. */
    models: { ...days, groupBy: "model", granularity: "total", limit: 500 },
    breakdown: (groupBy: Breakdown["groupBy"]) =>
      ({ ...days, groupBy, granularity: "total", limit: topRows }) as const,
  } as const;
}
