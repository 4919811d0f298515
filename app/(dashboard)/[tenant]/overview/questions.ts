import { daysBefore, daysOf, lastDays, type Range } from "../_ranges/range";
import { addDays, localDay } from "@/server/calendar/local-day";

/** The tags that Overview breaks spend down by, in their order on the screen. */
export const breakdowns = [
  { groupBy: "feature", noun: "Feature", title: "Features" },
  { groupBy: "model", noun: "Model", title: "Models" },
  { groupBy: "user", noun: "User", title: "Users" },
  { groupBy: "prompt", noun: "Prompt", title: "Prompts" },
  { groupBy: "team", noun: "Team", title: "Teams" },
  { groupBy: "provider", noun: "Provider", title: "Providers" },
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
    breakdown: (groupBy: Breakdown["groupBy"]) =>
      ({ ...days, groupBy, granularity: "total", limit: topRows }) as const,
  } as const;
}
