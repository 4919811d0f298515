import { setImmediate } from "node:timers/promises";
import { readFreshness, type WatermarkAnswer } from "@/server/analytics/freshness";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { nameOf, type SubjectCosts, subjectCosts } from "./histories";
import { budgetsInForce } from "./queries";
import type { Budget } from "./schemas";
import { type BudgetStatus, statusOf } from "./status";

/** A forecast takes a millisecond or two: of thousands, others get their turn between. */
const atOnce = 20;

export interface BudgetCosts {
  budgets: Budget[];
  costs: ReadonlyMap<string, SubjectCosts>;
  watermark: WatermarkAnswer;
}

/** The budgets in force at `ctx.now` and the days of whom they are for, of one moment. */
export async function budgetCosts(db: Db, ctx: Ctx): Promise<BudgetCosts> {
  const freshness = await readFreshness(db, ctx);
  const budgets = await budgetsInForce(db, ctx.tenant.id, ctx.now);
  const subjects = budgets.map(({ subject }) => subject);
  const costs = await subjectCosts(db, ctx, subjects, freshness);
  return { budgets, costs, watermark: freshness.watermark };
}

/**
 * How each stands: used, threshold passed, forecast to the end of its month or day. The nearest to its amount comes first.
 * @param withPastError also how far forecasts of each subject were off
 */
export async function statusesOf(
  { budgets, costs }: Pick<BudgetCosts, "budgets" | "costs">,
  ctx: Pick<Ctx, "tenant" | "now">,
  { withPastError = false }: { withPastError?: boolean } = {},
): Promise<BudgetStatus[]> {
  const { timeZone } = ctx.tenant;
  const at = { today: localDay(ctx.now, timeZone), timeZone, withPastError };
  const statuses: BudgetStatus[] = [];
  for (const budget of budgets) {
    if (statuses.length % atOnce === atOnce - 1) await setImmediate();
    statuses.push(statusOf(budget, costs.get(nameOf(budget.subject)), at));
  }
  return statuses.sort((one, other) => Number(other.usedShare) - Number(one.usedShare));
}

/** Both at once, for whoever is in a transaction already. */
export async function budgetStatuses(
  db: Db,
  ctx: Ctx,
): Promise<{ statuses: BudgetStatus[]; watermark: WatermarkAnswer }> {
  const loaded = await budgetCosts(db, ctx);
  return { statuses: await statusesOf(loaded, ctx), watermark: loaded.watermark };
}
