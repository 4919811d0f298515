import { formatDay, formatDayLong } from "@/app/_format/dates";
import { addDays } from "@/server/calendar/local-day";
import type { ReviewStep } from "@/server/weekly-review/schemas";

export const stepTitles = {
  spend: "What was spent",
  growth: "What grew",
  calls: "The dearest calls",
  incidents: "Incidents",
  budgets: "Budgets near their limit",
  gaps: "What the figures lack",
} as const satisfies Record<ReviewStep, string>;

/** "9 Nov – 15 Nov 2026". @param week its Monday */
export function weekName(week: string): string {
  const last = addDays(week, 6);
  return `${formatDay(week)} – ${formatDayLong(last).split(", ").at(-1) ?? last}`;
}

export const reviewHref = (slug: string, week: string) => `/${slug}/reviews/${week}`;

/** A person by name; who has left has none any more. */
export const personName = (names: ReadonlyMap<string, string>, personId: string | null): string =>
  personId === null ? "nobody" : (names.get(personId) ?? "somebody who has left");
