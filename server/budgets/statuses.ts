import { readFreshness, type WatermarkAnswer } from "@/server/analytics/freshness";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { nameOf, subjectCosts } from "./histories";
import { budgetsInForce } from "./queries";
import { type BudgetStatus, statusOf } from "./status";

/**
 * How every budget in force stands at `ctx.now`, in the transaction given: used, threshold passed, forecast to the end of its
 * month or day. The nearest to its amount comes first.
 * @param withPastError also how far forecasts of each subject were off, which takes a few milliseconds each
 */
export async function budgetStatuses(
  db: Db,
  ctx: Ctx,
  { withPastError = false }: { withPastError?: boolean } = {},
): Promise<{ statuses: BudgetStatus[]; watermark: WatermarkAnswer }> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const { built, watermark } = await readFreshness(db, ctx);
  const budgets = await budgetsInForce(db, tenantId, ctx.now);
  const subjects = budgets.map(({ subject }) => subject);
  const costs = await subjectCosts(db, ctx, { subjects, built, now: ctx.now });
  const at = { today: localDay(ctx.now, timeZone), timeZone, withPastError };
  const statuses = budgets.map((budget) => statusOf(budget, costs.get(nameOf(budget.subject)), at));
  return {
    statuses: statuses.sort((one, other) => Number(other.usedShare) - Number(one.usedShare)),
    watermark,
  };
}
