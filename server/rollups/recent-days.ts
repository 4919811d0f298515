import { addDays, type LocalDay } from "@/server/calendar/local-day";

/** Reports of so many days, today among them, are what people ask for most, and beside them as many days before. */
const reportDays = [30, 90] as const;

/** So many whole days from a first one on. */
export interface Stretch {
  first: LocalDay;
  days: number;
}

/** How many days a stretch of recent days may have: none that a block has (blocks.ts), among which they are kept. */
export const recentSizes: readonly number[] = reportDays.map((days) => days - 1);

/**
 * The stretches whose people are summed beforehand at the beginning of `today`: of each report all days but the one under
 * way, and of what it is compared with all but the day that is compared with that one.
 */
export const recentStretches = (today: LocalDay): Stretch[] =>
  reportDays.flatMap((days) => [
    { first: addDays(today, 1 - days), days: days - 1 },
    { first: addDays(today, 1 - 2 * days), days: days - 1 },
  ]);

/** Whether one of these days is among those that were summed at the beginning of `recentTo`. */
export function areRecent(days: readonly LocalDay[], recentTo: LocalDay): boolean {
  const first =
    recentStretches(recentTo)
      .map((stretch) => stretch.first)
      .sort()[0] ?? recentTo;
  return days.some((day) => day >= first && day < recentTo);
}
