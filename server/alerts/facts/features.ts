import type { SpendFilter } from "@/server/analytics/schemas";
import type { Db } from "@/server/db";
import type { RuleId } from "@/server/incidents/schemas";
import type { Calendar } from "../calendar";
import type { HourPoint, Series } from "../series";
import type { Settings } from "../settings";
import type { FactsQuestion } from "./question";
import { daysBy, hoursBy, type Scope } from "./series-query";
import { daysOfMemory, hourRanges, mostDaysApart } from "./stretches";

export interface FeatureSeries {
  hours: ReadonlyMap<string, Series<HourPoint>>;
  days: ReadonlyMap<string, Series>;
}

/** What looks at hours, and which of it compares them with hours of the past. */
const comparing = ["spike", "hour-out-of-band", "day-over-mean"] as const satisfies RuleId[];
const ofHours: readonly RuleId[] = [...comparing, "retry-rate", "loop"];
const ofDays: readonly RuleId[] = [
  "day-over-mean",
  "hour-out-of-band",
  "retry-rate",
  "week-over-week",
  "cost-without-traffic",
  "latency-cost",
  "cache-hit-rate",
  "unattributed-share",
];
export const ofFeatures: readonly RuleId[] = [...new Set([...ofHours, ...ofDays])];

const filterTo = (keys: readonly string[]): SpendFilter => ({
  feature: keys.map((key) => (key === "" ? null : key)),
});

/**
 * Sums of features, for all questions together. The past is read of those features alone whose tested hours, or days so far,
 * cost what the least of the settings asks for: whatever it was, no rule would find the others.
 * @param also features whose past is asked for anyhow
 */
export async function loadFeatures(
  db: Db,
  scope: Scope,
  calendar: Calendar,
  questions: readonly FactsQuestion[],
  also: readonly string[] = [],
): Promise<FeatureSeries> {
  const asked = questions.filter(({ rules }) => ofFeatures.some((rule) => rules.includes(rule)));
  const [one] = asked;
  if (!one) return { hours: new Map(), days: new Map() };
  const asks = (rule: RuleId) => asked.some(({ rules }) => rules.includes(rule));
  const first = new Date(Math.min(...asked.map((question) => question.first.getTime())));
  const last = new Date(Math.max(...asked.map((question) => question.last.getTime())));
  const memory = daysOfMemory(calendar, first, last);
  const past = hourRanges(calendar, first, last);
  const hours = (filter: SpendFilter = {}, ranges = past) =>
    hoursBy(db, scope, "feature", ranges, calendar.offsetQuarters, filter);
  if (!ofHours.some(asks)) return { hours: new Map(), days: await daysBy(db, scope, "feature", memory) };
  const [from, to] = [calendar.dayEndingAt(first), calendar.dayEndingAt(last)];
  if (to - from >= mostDaysApart)
    return { hours: await hours(), days: await daysBy(db, scope, "feature", memory) };

  const end = calendar.startOfHour(calendar.hourOf(new Date(last.getTime() - 1)) + 1);
  const tested = await hours({}, [{ from: calendar.startOfDay(from), to: end, days: null }]);
  const least = leastOf(one.settings, asks);
  const isAsked = ([key, series]: [string, Series<HourPoint>]) =>
    also.includes(key) || isDear(series, calendar, least);
  const dear = [...tested].filter(isAsked).map(([key]) => key);
  const needsAllDays = ofDays.some((rule) => asks(rule));
  const days =
    needsAllDays || dear.length > 0
      ? await daysBy(db, scope, "feature", memory, needsAllDays ? {} : filterTo(dear))
      : new Map<string, Series>();
  const known = dear.length > 0 ? await hours(dear.length < tested.size ? filterTo(dear) : {}) : new Map<string, Series<HourPoint>>(); // prettier-ignore
  return { hours: new Map([...tested, ...known]), days };
}

interface Least {
  hourUsd: number;
  dayUsd: number;
}

/** What an hour, and a day so far, must have cost to be found by any rule. */
function leastOf(settings: Settings, asks: (rule: RuleId) => boolean): Least {
  const least = (rules: readonly (typeof comparing)[number][]) =>
    Math.min(
      ...rules.filter(asks).map((rule) => settings.least(rule, ["minUsd", "floorUsd"])),
      Number.MAX_VALUE,
    );
  return { hourUsd: least(["spike", "hour-out-of-band"]), dayUsd: least(["day-over-mean"]) };
}

function isDear(series: Series<HourPoint>, calendar: Calendar, { hourUsd, dayUsd }: Least): boolean {
  const ofDay = new Map<number, number>();
  for (const [hour] of series.entries()) {
    const usd = series.cost(hour);
    if (usd >= hourUsd) return true;
    const day = calendar.dayOfHour(hour);
    const sum = (ofDay.get(day) ?? 0) + usd;
    // Statistics take amounts as floats: what is that near to the least is looked at.
    if (sum >= dayUsd - 1e-6) return true;
    ofDay.set(day, sum);
  }
  return false;
}
