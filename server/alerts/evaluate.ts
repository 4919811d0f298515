import { requireRight } from "@/server/auth/permissions";
import { readFreshness } from "@/server/analytics/freshness";
import { budgetStatuses } from "@/server/budgets/statuses";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import type { Happened } from "@/server/incidents/announce";
import { applyFindings, incidentsBefore, type Judged } from "./apply-findings";
import { dueInstants } from "./due";
import { budgetsAt } from "./facts/budget-query";
import { loadFacts } from "./facts/load";
import type { FactsQuestion } from "./facts/question";
import { find } from "./find";
import { listEvaluatedTo, listSettings, saveEvaluatedTo } from "./queries";
import { type Cadence, rulesOf } from "./schemas";
import { Settings } from "./settings";

export interface Evaluation {
  /** How many instants were judged. */
  instants: number;
  findings: number;
  happened: Happened[];
}

/** Those that the screen of budgets shows, as far as they rest on two weeks or more. */
async function forecastsOf(db: Db, ctx: Ctx): Promise<Map<string, string>> {
  const { statuses } = await budgetStatuses(db, ctx);
  return new Map(
    statuses.flatMap(({ budget, forecast }) =>
      forecast?.method === "weekday-aware" ? [[budget.id, forecast.expectedUsd] as const] : [],
    ),
  );
}

interface Due {
  cadence: Cadence;
  instants: Date[];
  first: Date;
  last: Date;
}

async function dueOf(db: Db, ctx: Ctx, asked: readonly Cadence[], finalThrough: Date): Promise<Due[]> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const reached = await listEvaluatedTo(db, tenantId);
  return asked.flatMap((cadence) => {
    const evaluatedTo = reached.get(cadence) ?? null;
    const instants = dueInstants(cadence, { timeZone, now: ctx.now, finalThrough, evaluatedTo });
    const [first, last] = [instants[0], instants.at(-1)];
    return first && last ? [{ cadence, instants, first, last }] : [];
  });
}

async function questionOf(db: Db, ctx: Ctx, { cadence, first, last }: Due, settings: Settings) {
  const rules = rulesOf(cadence);
  const budgets = cadence === "hourly" ? [] : await budgetsAt(db, ctx.tenant.id, last);
  const forecasts = cadence === "daily" && budgets.length > 0 ? await forecastsOf(db, ctx) : undefined;
  return { rules, settings, first, last, budgets, forecasts };
}

/**
 * Looks at everything that these cadences are due for: hours and days that have become final since the last time, of `fast`
 * what is still provisional. All of them see one moment. The same twice finds nothing new.
 */
export async function evaluate(ctx: Ctx, ...asked: readonly Cadence[]): Promise<Evaluation> {
  requireRight(ctx.actor, "alerts:write");
  const { id: tenantId, timeZone } = ctx.tenant;
  const { due, judged, before } = await ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const due = await dueOf(db, ctx, asked, new Date(watermark.finalThrough));
    if (due.length === 0) return { due, judged: [], before: [] };
    const settings = new Settings(await listSettings(db, tenantId));
    const questions: FactsQuestion[] = [];
    for (const one of due) questions.push(await questionOf(db, ctx, one, settings));
    const facts = await loadFacts(db, { tenantId, timeZone, built }, questions);
    const judged = due.flatMap(({ instants }, nth): Judged[] => {
      const [question, seen] = [questions[nth], facts[nth]];
      if (!question || !seen) return [];
      const judge = (at: Date) => ({ at, findings: find(question.rules, seen, settings, at) });
      return [{ rules: question.rules, judgements: instants.map(judge) }];
    });
    return { due, judged, before: await incidentsBefore(db, tenantId, judged) };
  });
  if (due.length === 0) return { instants: 0, findings: 0, happened: [] };
  const reached = due.map(({ cadence, last }) => ({ cadence, at: last }));
  const note = (db: Db) => saveEvaluatedTo(db, tenantId, reached);
  const happened = await applyFindings(ctx, judged, { before, note });
  const all = judged.flatMap(({ judgements }) => judgements);
  return {
    instants: all.length,
    findings: all.reduce((sum, { findings }) => sum + findings.length, 0),
    happened,
  };
}
