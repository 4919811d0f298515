import type { Stretch } from "@/server/analytics/schemas";
import { addDays, type LocalDay, localDay } from "@/server/calendar/local-day";
import { firstOfMonth } from "@/server/calendar/month";
import { addMonths, daysBetween, daysOf, firstOfQuarter, instantOf, isDay, startOfHour } from "./moments";

export const rangeTokens = [
  "24h",
  "today",
  "yesterday",
  "7d",
  "30d",
  "90d",
  "mtd",
  "last-month",
  "qtd",
  "12mo",
  "all",
] as const;
export type RangeToken = (typeof rangeTokens)[number];
export const defaultRange: RangeToken = "30d";

export const rangeLabels = {
  "24h": "Last 24 hours",
  today: "Today",
  yesterday: "Yesterday",
  "7d": "Last 7 days",
  "30d": "Last 30 days",
  "90d": "Last 90 days",
  mtd: "Month to date",
  "last-month": "Last month",
  qtd: "Quarter to date",
  "12mo": "Last 12 months",
  all: "Last 26 months",
} as const satisfies Record<RangeToken, string>;

/** One of the usual ranges, which move with the clock, or one's own stretch, which stays. */
export type RangeChoice = RangeToken | Stretch;

/** 26 months are as many as fit into the 800 days of a report. */
const monthsOfAll = 26;

function lastDays(count: number, today: LocalDay): Stretch {
  const to = addDays(today, 1);
  return { from: addDays(to, -count), to };
}

/** The time that a choice means now. Ranges up to today include what is left of it, so that they say what comes in. */
export function stretchOf(choice: RangeChoice, now: Date, timeZone: string): Stretch {
  if (typeof choice !== "string") return choice;
  const today = localDay(now, timeZone);
  const tomorrow = addDays(today, 1);
  switch (choice) {
    case "24h": {
      const hour = startOfHour(now, timeZone).getTime();
      return {
        from: new Date(hour - 23 * 3_600_000).toISOString(),
        to: new Date(hour + 3_600_000).toISOString(),
      };
    }
    case "today":
      return { from: today, to: tomorrow };
    case "yesterday":
      return { from: addDays(today, -1), to: today };
    case "7d":
      return lastDays(7, today);
    case "30d":
      return lastDays(30, today);
    case "90d":
      return lastDays(90, today);
    case "mtd":
      return { from: firstOfMonth(today), to: tomorrow };
    case "last-month":
      return { from: addMonths(firstOfMonth(today), -1), to: firstOfMonth(today) };
    case "qtd":
      return { from: firstOfQuarter(today), to: tomorrow };
    case "12mo":
      return { from: addMonths(firstOfMonth(today), -11), to: tomorrow };
    case "all":
      return { from: addMonths(firstOfMonth(today), 1 - monthsOfAll), to: tomorrow };
  }
}

function wholeMonths({ from, to }: Stretch): number {
  if (!isDay(from) || !isDay(to) || !from.endsWith("-01") || !to.endsWith("-01")) return 0;
  const months = (day: LocalDay) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return months(to) - months(from);
}

const ofMonths = ["mtd", "last-month", "qtd", "12mo", "all"] as const satisfies RangeToken[];
const ofDays = ["today", "yesterday", "7d", "30d", "90d"] as const satisfies RangeToken[];

/** A usual range that means just this stretch now, so that addresses stay short and move on with the days. */
function usual(stretch: Stretch, tokens: readonly RangeToken[], now: Date, timeZone: string): RangeChoice {
  const found = tokens.find((token) => {
    const { from, to } = stretchOf(token, now, timeZone);
    return from === stretch.from && to === stretch.to;
  });
  return found ?? stretch;
}

/**
 * The stretch of the same kind before (-1) or after (1): the month before a month, the seven days before seven days. A
 * period under way counts whole, so before the month to date comes all of last month. Null where it would lie in the future.
 */
export function shiftRange(choice: RangeChoice, by: -1 | 1, now: Date, timeZone: string): RangeChoice | null {
  const tomorrow = addDays(localDay(now, timeZone), 1);
  const stretch = stretchOf(choice, now, timeZone);
  const { from, to } = stretch;
  const months = monthsOf(choice, stretch);
  if (months > 0) {
    const moved = { from: addMonths(from, by * months), to: addMonths(from, (by + 1) * months) };
    if (moved.from >= tomorrow) return null;
    return usual({ ...moved, to: moved.to > tomorrow ? tomorrow : moved.to }, ofMonths, now, timeZone);
  }
  if (isDay(from) && isDay(to)) {
    if (by === 1 && to >= tomorrow) return null;
    const days = daysBetween(from, to);
    const end = addDays(to, by * days);
    const last = end > tomorrow ? tomorrow : end;
    return usual({ from: addDays(last, -days), to: last }, ofDays, now, timeZone);
  }
  const [start, end] = [instantOf(from, timeZone), instantOf(to, timeZone)];
  if (by === 1 && end > now) return null;
  const shiftMs = by * (end.getTime() - start.getTime());
  return {
    from: new Date(start.getTime() + shiftMs).toISOString(),
    to: new Date(end.getTime() + shiftMs).toISOString(),
  };
}

/** How many calendar months a choice is about, those under way counted whole; 0 when it is about days or hours. */
export function monthsOf(choice: RangeChoice, stretch: Stretch): number {
  switch (choice) {
    case "mtd":
      return 1;
    case "qtd":
      return 3;
    case "12mo":
      return 12;
    case "all":
      return monthsOfAll;
    default:
      return typeof choice === "string" && choice !== "last-month" ? 0 : wholeMonths(stretch);
  }
}

export const granularities = ["hour", "day", "month"] as const;
export type Bucket = (typeof granularities)[number];

/** The bucket that a stretch is shown in, and those that one may ask for instead. */
export function bucketsOf(stretch: Stretch, timeZone: string): { usual: Bucket; allowed: Bucket[] } {
  const { from, to } = daysOf(stretch, timeZone);
  const days = daysBetween(from, to);
  const lengthMs = instantOf(stretch.to, timeZone).getTime() - instantOf(stretch.from, timeZone).getTime();
  // A day of DST has 25 hours.
  const isShort = lengthMs <= 49 * 3_600_000;
  return {
    usual: isShort ? "hour" : days <= 92 ? "day" : "month",
    allowed: granularities.filter(
      (bucket) =>
        (bucket === "hour" && days <= 14) ||
        (bucket === "day" && days > 1 && days <= 400) ||
        (bucket === "month" && days > 31),
    ),
  };
}
