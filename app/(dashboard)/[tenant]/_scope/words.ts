import { formatDay, formatInstant, formatMonth, formatTime } from "@/app/_format/dates";
import type { Stretch } from "@/server/analytics/schemas";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { CompareChoice } from "./compare";
import { instantOf, isDay } from "./moments";
import { type RangeChoice, rangeLabels, type RangeToken } from "./range";
import type { ScopeOffers } from "./scope";

/** "Last 30 days", or the days themselves. */
export function choiceWords(choice: RangeChoice, offers: ScopeOffers, timeZone: string, now: Date): string {
  return typeof choice === "string" ? rangeWords(choice, offers) : stretchWords(choice, timeZone, now);
}

export function rangeWords(range: RangeToken, { anyTime }: ScopeOffers): string {
  return range === "all" && anyTime ? "Any time" : rangeLabels[range];
}

/** "1 – 21 Nov", "Oct 2026", "20 Nov, 15:00 – 16:00": the last day is included, as people say it. */
export function stretchWords({ from, to }: Stretch, timeZone: string, now: Date): string {
  const thisYear = localDay(now, timeZone).slice(0, 4);
  if (!isDay(from) || !isDay(to)) {
    const [start, end] = [instantOf(from, timeZone), instantOf(to, timeZone)];
    const isOneDay = localDay(start, timeZone) === localDay(new Date(end.getTime() - 1), timeZone);
    const until = isOneDay
      ? formatTime(end.toISOString(), timeZone)
      : formatInstant(end.toISOString(), timeZone, now);
    return `${formatInstant(start.toISOString(), timeZone, now)} – ${until}`;
  }
  const last = addDays(to, -1);
  if (from.endsWith("-01") && to.endsWith("-01") && from.slice(0, 7) === last.slice(0, 7))
    return formatMonth(from.slice(0, 7));
  const withYear = (day: string) =>
    day.startsWith(thisYear) ? formatDay(day) : `${formatDay(day)} ${day.slice(0, 4)}`;
  if (from === last) return withYear(from);
  if (from.slice(0, 7) === last.slice(0, 7)) return `${String(Number(from.slice(8)))} – ${withYear(last)}`;
  return `${withYear(from)} – ${withYear(last)}`;
}

/** What figures are compared with: "before", "a year ago", or the days themselves. */
export function compareWords({ mode }: CompareChoice): string {
  switch (mode) {
    case "previous":
      return "Previous period";
    case "year":
      return "A year before";
    case "custom":
      return "Days of your own";
    case "off":
      return "No comparison";
  }
}
