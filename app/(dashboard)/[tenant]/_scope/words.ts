import { formatDay, formatInstant, formatMonth, formatTime } from "@/app/_format/dates";
import type { Stretch } from "@/server/analytics/schemas";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { CompareChoice } from "./compare";
import { daysOf, instantOf, isDay } from "./moments";
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
  const dayWords = (day: string) =>
    day.startsWith(thisYear) ? formatDay(day) : `${formatDay(day)} ${day.slice(0, 4)}`;
  if (isDay(from) && isDay(to)) return daysWords(from, addDays(to, -1), dayWords);
  const end = instantOf(to, timeZone);
  const isOneDay = daysOf({ from, to }, timeZone).to === addDays(daysOf({ from, to }, timeZone).from, 1);
  const start = isDay(from) ? dayWords(from) : formatInstant(from, timeZone, now);
  const until = isOneDay
    ? formatTime(end.toISOString(), timeZone)
    : formatInstant(end.toISOString(), timeZone, now);
  return isOneDay && isDay(from) ? `${start}, until ${until}` : `${start} – ${until}`;
}

function daysWords(first: string, last: string, dayWords: (day: string) => string): string {
  if (first === last) return dayWords(first);
  if (first.slice(0, 7) !== last.slice(0, 7)) return `${dayWords(first)} – ${dayWords(last)}`;
  const isWholeMonth = first.endsWith("-01") && addDays(last, 1).endsWith("-01");
  return isWholeMonth
    ? formatMonth(first.slice(0, 7))
    : `${String(Number(first.slice(8)))} – ${dayWords(last)}`;
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
