import type { readFreshness } from "@/server/analytics/freshness";
import { addDays, localDay, type LocalDay, startOfDay, daysBetween } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { type CostHistory } from "@/server/forecast/costs";
import { usualShare } from "@/server/forecast/day-share";
import type { BudgetSubject, BudgetSubjectKind } from "./schemas";
import { type Asked, costUntilHour, type DailyCost, dailyCosts } from "./spent-query";

/** Thirteen weeks: as far back as a rhythm and a level say anything of today. */
const daysBack = 91;
/** While days are built anew people's come from the ledger, which tells 35 of them. */
const daysBackOfLedger = 34;
/** The usual course of a day: four weeks, so that each weekday counts alike. */
const daysOfCourse = 28;
const hourMs = 3_600_000;

/** What is known of a subject: every day with a call in it, and the history that forecasts are made from. */
export interface SubjectCosts {
  daily: DailyCost;
  /** Null: it has no call in these days. */
  history: CostHistory | null;
}

/** The day it is, how much of its hours is over, and the time on the wall clock. */
export interface Moment {
  today: LocalDay;
  hoursGone: number;
  hour: number;
  hourGone: number;
}

export function momentOf(now: Date, timeZone: string): Moment {
  const today = localDay(now, timeZone);
  const [start, end] = [startOfDay(today, timeZone), startOfDay(addDays(today, 1), timeZone)];
  const clock = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(clock.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
  return {
    today,
    hoursGone: (now.getTime() - start.getTime()) / (end.getTime() - start.getTime()),
    hour: parts.hour ?? 0,
    hourGone: ((parts.minute ?? 0) * 60_000 + (now.getTime() % 60_000)) / hourMs,
  };
}

/** Days with a call made into days without holes, from the first of them. */
export function historyOf(daily: DailyCost, today: LocalDay, share: number): CostHistory | null {
  const [first] = daily.days;
  if (first === undefined || first > today) return null;
  const past = new Array<number>(daysBetween(first, today)).fill(0);
  let usd = 0;
  daily.days.forEach((day, at) => {
    const cost = daily.usd[at] ?? 0;
    if (day === today) usd = cost;
    else if (day < today) past[daysBetween(first, day)] = cost;
  });
  return { first, past, today: { usd, share } };
}

/** People's quarter hours are in no roll-up: their days take the course that everybody's do. */
const hasCourse = (kind: BudgetSubjectKind) => kind !== "user" && kind !== "account";

/** The moment up to which today's cost is known: calls that wait to be rolled up are in none. */
export function momentKnown(now: Date, rolledThrough: Date, timeZone: string): Moment {
  const today = localDay(now, timeZone);
  if (localDay(rolledThrough, timeZone) === today) return momentOf(rolledThrough, timeZone);
  return { today, hoursGone: 0, hour: 0, hourGone: 0 };
}

type Freshness = Awaited<ReturnType<typeof readFreshness>>;

/**
 * The days of each subject, by kind and key (`nameOf`): two queries for each kind of subject, however many there are.
 * @param from an earlier day to begin with than forecasts need
 */
export async function subjectCosts(
  db: Db,
  ctx: Pick<Ctx, "tenant" | "now">,
  subjects: readonly BudgetSubject[],
  { built, watermark }: Freshness,
  from?: LocalDay,
): Promise<Map<string, SubjectCosts>> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const moment = momentKnown(ctx.now, new Date(watermark.rolledThrough), timeZone);
  const { today } = moment;
  const asked = (kind: BudgetSubjectKind, keys: readonly string[]): Asked => ({ tenantId, timeZone, built, kind, keys }); // prettier-ignore
  const usual = addDays(today, -(built.days ? daysBack : daysBackOfLedger));
  const first = from !== undefined && from < usual ? from : usual;
  const course = { first: addDays(today, -daysOfCourse), last: addDays(today, -1) };
  const kinds = [...new Set(subjects.map(({ kind }) => kind))];
  const found = new Map<string, SubjectCosts>();
  let everybodys: Awaited<ReturnType<typeof costUntilHour>> | null = null;
  for (const kind of kinds) {
    const keys = [...new Set(subjects.filter((of) => of.kind === kind).map(({ key }) => key))];
    const daily = await dailyCosts(db, asked(kind, keys), first, today);
    const time = { hour: moment.hour, gone: moment.hourGone };
    const own = hasCourse(kind) ? await costUntilHour(db, asked(kind, keys), course, time) : null;
    if (!own) everybodys ??= await costUntilHour(db, asked("tenant", []), course, time);
    for (const [key, days] of daily) {
      const seen = own ? own.get(key) : everybodys?.get("");
      const share = usualShare(seen ?? { untilUsd: 0, wholeUsd: 0 }, moment.hoursGone);
      const recent = since(days, usual);
      found.set(nameOf({ kind, key }), { daily: days, history: historyOf(recent, today, share) });
    }
  }
  return found;
}

function since(daily: DailyCost, first: LocalDay): DailyCost {
  const from = daily.days.filter((day) => day < first).length;
  if (from === 0) return daily;
  return {
    days: daily.days.slice(from),
    usd: daily.usd.slice(from),
    exactUsd: daily.exactUsd.slice(from),
    unpricedCalls: daily.unpricedCalls.slice(from),
  };
}

/** A subject as the key of a map. */
export const nameOf = ({ kind, key }: BudgetSubject): string => `${kind}:${key}`;
