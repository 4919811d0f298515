import { requireRight } from "@/server/auth/permissions";
import { readFreshness } from "@/server/analytics/freshness";
import { budgetStatuses } from "@/server/budgets/statuses";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import type { Happened } from "@/server/incidents/announce";
import { applyFindings, incidentsBefore, type Judgement } from "./apply-findings";
import { dueInstants } from "./due";
import { budgetsAt } from "./facts/budget-query";
import { loadFacts } from "./facts/load";
import { find } from "./find";
import { evaluatedTo, listSettings, saveEvaluatedTo } from "./queries";
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

/**
 * Looks at everything that a cadence is due for: hours and days that have become final since the last time, or for `fast` what
 * is still provisional. The same twice finds nothing new.
 */
export async function evaluate(ctx: Ctx, cadence: Cadence): Promise<Evaluation> {
  requireRight(ctx.actor, "alerts:write");
  const { id: tenantId, timeZone } = ctx.tenant;
  const rules = rulesOf(cadence);
  const judged = await ctx.db.read(async (db) => {
    const { built, watermark } = await readFreshness(db, ctx);
    const instants = dueInstants(cadence, {
      timeZone,
      now: ctx.now,
      finalThrough: new Date(watermark.finalThrough),
      evaluatedTo: await evaluatedTo(db, tenantId, cadence),
    });
    const [first, last] = [instants[0], instants.at(-1)];
    if (!first || !last) return null;
    const settings = new Settings(await listSettings(db, tenantId));
    const budgets = cadence === "hourly" ? [] : await budgetsAt(db, tenantId, last);
    const forecasts = cadence === "daily" && budgets.length > 0 ? await forecastsOf(db, ctx) : undefined;
    const question = { rules, settings, first, last, budgets, forecasts };
    const facts = await loadFacts(db, { tenantId, timeZone, built }, question);
    const judgements = instants.map((at): Judgement => ({ at, findings: find(rules, facts, settings, at) }));
    const judged = [{ rules, judgements }];
    return { judgements, judged, last, before: await incidentsBefore(db, tenantId, judged) };
  });
  if (!judged) return { instants: 0, findings: 0, happened: [] };
  const { judgements, last, before } = judged;
  const happened = await applyFindings(ctx, judged.judged, {
    before,
    note: (db) => saveEvaluatedTo(db, tenantId, cadence, last),
  });
  return {
    instants: judgements.length,
    findings: judgements.reduce((sum, { findings }) => sum + findings.length, 0),
    happened,
  };
}
