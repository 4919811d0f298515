import { addDays, daysBetween, type LocalDay } from "@/server/calendar/local-day";

/**
 * What a subject has cost by local day. Numbers of USD, for statistics alone: amounts that are shown come from the reports
 * as decimal strings.
 */
export interface CostHistory {
  /** The first of `past`; without any, today. */
  first: LocalDay;
  /** Whole days, one after the other without holes, oldest first; a day without a call is 0. */
  past: readonly number[];
  today: {
    usd: number;
    /** How much of a day's usual cost has come by this time, from 0 to 1. */
    share: number;
  };
}

/** Inclusive local days. */
export interface Period {
  first: LocalDay;
  last: LocalDay;
}

const atNoon = (day: LocalDay) => Date.parse(`${day}T12:00:00Z`);

/** 0 is Sunday. */
export const weekdayOf = (day: LocalDay): number => new Date(atNoon(day)).getUTCDay();

/** The running day of a history. */
export const todayOf = ({ first, past }: CostHistory): LocalDay => addDays(first, past.length);

/** What the days of a period have cost so far, today's included; 0 if it is still to come. */
export function spentIn(history: CostHistory, period: Period): number {
  const from = Math.max(0, daysBetween(history.first, period.first));
  const to = daysBetween(history.first, period.last) + 1;
  const whole = history.past.slice(from, Math.max(from, to)).reduce((sum, usd) => sum + usd, 0);
  const place = history.past.length;
  return place >= daysBetween(history.first, period.first) && place < to ? whole + history.today.usd : whole;
}

/** Days of the period from today on, in order; the first may be today itself. */
export function daysLeft(history: CostHistory, period: Period): LocalDay[] {
  const today = todayOf(history);
  const days: LocalDay[] = [];
  for (let day = today > period.first ? today : period.first; day <= period.last; day = addDays(day, 1))
    days.push(day);
  return days;
}

/** How much of today is over, from 0 to 1. */
export const shareGone = ({ today }: CostHistory): number => Math.min(1, Math.max(0, today.share));

/**
 * What the rest of today will cost, if a usual whole day costs `usualUsd`: as much as is usual at this time, and the more of
 * the day has passed, the more by what it has been like itself.
 */
export function restOfToday(history: CostHistory, usualUsd: number): number {
  const left = 1 - shareGone(history);
  return left * (left * usualUsd + history.today.usd);
}
