import type { Budget } from "@/server/budgets/schemas";
import type { Db } from "@/server/db";
import type { RuleId } from "@/server/incidents/schemas";
import { Calendar, hourMs } from "../calendar";
import type { BudgetFacts } from "../rules/budget";
import type { OutlierFacts } from "../rules/call-outlier";
import type { ConnectionFacts, SilenceFacts } from "../rules/silent-source";
import type { UnattributedFacts } from "../rules/unattributed-share";
import type { UnpricedFacts } from "../rules/unpriced-model";
import type { UserFacts } from "../rules/user-runaway";
import { type FeatureFacts, nothing, type Point, Series, trailingDays } from "../series";
import type { Settings } from "../settings";
import { loadBudgets } from "./budgets";
import { connectionsOf, dearCalls, unpricedByModel } from "./call-queries";
import { dearUsers, daysBy, hoursBy, type Scope } from "./series-query";
import { daysOfMemory, hourRanges, wholeDays } from "./stretches";

/** What the rules look at, of one tenant. Rules that were not asked for find nothing to look at. */
export interface Facts {
  calendar: Calendar;
  features: FeatureFacts[];
  unattributed: UnattributedFacts | null;
  silence: SilenceFacts[];
  connections: ConnectionFacts[];
  users: UserFacts[];
  unpriced: UnpricedFacts[];
  /** By hour. */
  outliers: Map<number, OutlierFacts[]>;
  budgets: BudgetFacts[];
}

export interface FactsQuestion {
  rules: readonly RuleId[];
  settings: Settings;
  /** The instants of the first and the last judgement. */
  first: Date;
  last: Date;
  /** Those in force at the last. */
  budgets: readonly Budget[];
  /** Of each budget's month, USD as a decimal string. */
  forecasts?: ReadonlyMap<string, string>;
}

const ofHours: readonly RuleId[] = ["day-over-mean", "hour-out-of-band", "spike", "retry-rate"];
const ofDays: readonly RuleId[] = [
  ...ofHours,
  "week-over-week",
  "cost-without-traffic",
  "latency-cost",
  "cache-hit-rate",
];
const ofBudgets: readonly RuleId[] = ["budget", "daily-pace", "forecast"];
const empty = new Series(new Map());

/** One query for each kind of fact, whatever the number of subjects; each reads ranges of indexes that do not grow with history. */
export async function loadFacts(db: Db, scope: Scope, question: FactsQuestion): Promise<Facts> {
  const { rules, settings, first, last, budgets, forecasts = new Map() } = question;
  const calendar = new Calendar(scope.timeZone, last);
  const asks = (some: readonly RuleId[]) => some.some((rule) => rules.includes(rule));
  const memory = daysOfMemory(calendar, first, last);
  const hours = hourRanges(calendar, first, last);
  const tested = { from: new Date(first.getTime() - hourMs), to: last, days: null };

  const featureHours = asks(ofHours)
    ? await hoursBy(db, scope, "feature", hours, calendar.offsetQuarters)
    : new Map<string, Series>();
  const needsDays = asks([...ofDays, "unattributed-share"]);
  const featureDays = needsDays ? await daysBy(db, scope, "feature", memory) : new Map<string, Series>();
  return {
    calendar,
    features: asks(ofDays)
      ? [...featureDays].map(([key, days]) => ({
          calendar,
          subject: { kind: "feature" as const, key },
          hours: featureHours.get(key) ?? empty,
          days,
        }))
      : [],
    unattributed: asks(["unattributed-share"])
      ? { calendar, without: featureDays.get("") ?? empty, all: together(featureDays.values()) }
      : null,
    ...(asks(["silent-source"])
      ? await silence(db, scope, calendar, question)
      : { silence: [], connections: [] }),
    users: asks(["user-runaway"]) ? await runaways(db, scope, calendar, question) : [],
    unpriced: asks(["unpriced-model"])
      ? gatherUnpriced(calendar, await unpricedByModel(db, scope, quarters(calendar, first, last)))
      : [],
    outliers: asks(["call-outlier"])
      ? gatherOutliers(
          calendar,
          await dearCalls(db, scope, tested, settings.least("call-outlier", ["minUsd", "floorUsd"])),
        )
      : new Map<number, OutlierFacts[]>(),
    budgets: asks(ofBudgets) ? await loadBudgets(db, scope, budgets, last, forecasts) : [],
  };
}

/** From the hour that ends at (or contains) the first instant to the end of the last's. */
function quarters(calendar: Calendar, first: Date, last: Date) {
  const hour = (at: Date) => calendar.hourOf(new Date(at.getTime() - 1));
  return { from: calendar.startOfHour(hour(first)), to: calendar.startOfHour(hour(last) + 1), days: null };
}

async function silence(db: Db, scope: Scope, calendar: Calendar, { first, last }: FactsQuestion) {
  const hours = await hoursBy(
    db,
    scope,
    "environment",
    hourRanges(calendar, first, last),
    calendar.offsetQuarters,
  );
  const days = await daysBy(db, scope, "environment", daysOfMemory(calendar, first, last));
  const named = [...days].flatMap(([key, ofDays]): SilenceFacts[] =>
    key === ""
      ? []
      : [{ calendar, subject: { kind: "environment", key }, hours: hours.get(key) ?? empty, days: ofDays }],
  );
  const whole: SilenceFacts = {
    calendar,
    subject: { kind: "tenant", key: "" },
    hours: together(hours.values()),
    days: together(days.values()),
  };
  return { silence: [whole, ...named], connections: await connectionsOf(db, scope.tenantId) };
}

async function runaways(
  db: Db,
  scope: Scope,
  calendar: Calendar,
  { settings, first, last }: FactsQuestion,
): Promise<UserFacts[]> {
  const [from, to] = [calendar.dayEndingAt(first), calendar.dayEndingAt(last)];
  const least = settings.least("user-runaway", ["minUsd", "floorUsd"]);
  const user = await dearUsers(db, scope, wholeDays(calendar, from, to), least);
  if (user.length === 0) return [];
  const days = await daysBy(db, scope, "user", wholeDays(calendar, from - trailingDays, to), { user });
  return [...days].map(([key, ofUser]) => ({ calendar, subject: { kind: "user", key }, days: ofUser }));
}

/** Calls by hour or day, of several subjects together: for counts, not for amounts. */
function together(all: Iterable<Series>): Series {
  const points = new Map<number, Point>();
  for (const series of all)
    for (const [number, { calls }] of series.entries())
      points.set(number, { ...nothing, calls: (points.get(number)?.calls ?? 0) + calls });
  return new Series(points);
}

export const modelName = ({ provider, model }: { provider: string; model: string }): string =>
  provider === "" && model === "" ? "a model without a name" : `${provider}/${model}`;

function gatherUnpriced(
  calendar: Calendar,
  rows: Awaited<ReturnType<typeof unpricedByModel>>,
): UnpricedFacts[] {
  const models = new Map<string, Map<number, { calls: number; tokens: number }>>();
  for (const { hour, calls, tokens, ...named } of rows) {
    const key = modelName(named);
    const known = models.get(key) ?? new Map<number, { calls: number; tokens: number }>();
    models.set(key, known.set(hour, { calls, tokens }));
  }
  return [...models].map(([model, calls]) => ({ calendar, model, calls }));
}

function gatherOutliers(
  calendar: Calendar,
  rows: Awaited<ReturnType<typeof dearCalls>>,
): Map<number, OutlierFacts[]> {
  const byHour = new Map<number, OutlierFacts[]>();
  for (const { feature, start, ids, costs, calls, medianUsd } of rows) {
    const hour = calendar.hourOf(start);
    const dear = ids.map((callId, i) => ({ callId, costUsd: costs[i] ?? "0" }));
    const facts: OutlierFacts = {
      calendar,
      subject: { kind: "feature", key: feature },
      dear,
      calls,
      medianUsd,
    };
    byHour.set(hour, [...(byHour.get(hour) ?? []), facts]);
  }
  return byHour;
}
