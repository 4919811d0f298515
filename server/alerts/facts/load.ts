import type { Db } from "@/server/db";
import type { RuleId } from "@/server/incidents/schemas";
import { Calendar, hourMs } from "../calendar";
import type { BudgetFacts } from "../rules/budget";
import type { OutlierFacts } from "../rules/call-outlier";
import type { LoopFacts } from "../rules/loop";
import type { GapFacts } from "../rules/reconciliation-gap";
import type { UnattributedFacts } from "../rules/unattributed-share";
import type { UnpricedFacts } from "../rules/unpriced-model";
import type { UserFacts } from "../rules/user-runaway";
import { empty, type FeatureFacts, together, trailingDays } from "../series";
import { loadBudgets } from "./budgets";
import { dearCalls, unpricedByModel } from "./call-queries";
import { type FeatureSeries, loadFeatures, ofFeatures } from "./features";
import { loadGaps } from "./gaps";
import { type FeatureLoops, loadLoops } from "./loops";
import type { FactsQuestion } from "./question";
import { dearUsers, daysBy, type Scope } from "./series-query";
import { loadSilence, type SilentFacts } from "./silence";
import { wholeDays } from "./stretches";

/** What the rules look at, of one tenant. Rules that were not asked for find nothing to look at. */
export interface Facts extends SilentFacts {
  calendar: Calendar;
  features: FeatureFacts[];
  unattributed: UnattributedFacts | null;
  users: UserFacts[];
  unpriced: UnpricedFacts[];
  /** By hour. */
  outliers: Map<number, OutlierFacts[]>;
  budgets: BudgetFacts[];
  loops: LoopFacts[];
  gaps: GapFacts[];
}

const ofBudgets: readonly RuleId[] = ["budget", "daily-pace", "forecast"];

/**
 * The facts of each question, all of one moment. One query for each kind of fact, whatever the number of subjects; each reads
 * ranges of indexes that do not grow with history.
 */
export async function loadFacts<Questions extends readonly FactsQuestion[]>(
  db: Db,
  scope: Scope,
  questions: Questions,
): Promise<{ [At in keyof Questions]: Facts }> {
  const latest = Math.max(...questions.map(({ last }) => last.getTime()));
  const calendar = new Calendar(scope.timeZone, new Date(latest));
  const loops: Map<string, FeatureLoops>[] = [];
  for (const question of questions)
    loops.push(
      question.rules.includes("loop")
        ? await loadLoops(db, scope, question)
        : new Map<string, FeatureLoops>(),
    );
  const looping = loops.flatMap((one) => [...one.keys()]);
  const series = await loadFeatures(db, scope, calendar, questions, looping);
  const all: Facts[] = [];
  for (const [nth, question] of questions.entries()) {
    const facts = await factsOf(db, scope, calendar, series, question);
    const withLoops = [...(loops[nth] ?? [])].map(([key, found]) => {
      return { ...found, feature: featureOf(calendar, series, key) };
    });
    all.push({ ...facts, loops: withLoops });
  }
  return all as { [At in keyof Questions]: Facts };
}

const featureOf = (calendar: Calendar, { hours, days }: FeatureSeries, key: string): FeatureFacts => ({
  calendar,
  subject: { kind: "feature", key },
  hours: hours.get(key) ?? empty,
  days: days.get(key) ?? empty,
});

async function factsOf(
  db: Db,
  scope: Scope,
  calendar: Calendar,
  series: FeatureSeries,
  question: FactsQuestion,
): Promise<Omit<Facts, "loops">> {
  const { days } = series;
  const { rules, settings, first, last, budgets, forecasts = new Map() } = question;
  const asks = (some: readonly RuleId[]) => some.some((rule) => rules.includes(rule));
  const tested = { from: new Date(first.getTime() - hourMs), to: last, days: null };
  return {
    calendar,
    features: asks(ofFeatures) ? [...days.keys()].map((key) => featureOf(calendar, series, key)) : [],
    unattributed: asks(["unattributed-share"])
      ? { calendar, without: days.get("") ?? empty, all: together(days.values()) }
      : null,
    ...(asks(["silent-source"])
      ? await loadSilence(db, scope, calendar, question)
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
    gaps: asks(["reconciliation-gap"]) ? await loadGaps(db, scope.tenantId, last) : [],
  };
}

/** From the hour that ends at (or contains) the first instant to the end of the last's. */
function quarters(calendar: Calendar, first: Date, last: Date) {
  const hour = (at: Date) => calendar.hourOf(new Date(at.getTime() - 1));
  return { from: calendar.startOfHour(hour(first)), to: calendar.startOfHour(hour(last) + 1), days: null };
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
