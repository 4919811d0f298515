import { requireRight } from "@/server/auth/permissions";
import { localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { instantsOf, periodOf } from "./status";
import { budgetCosts, statusesOf } from "./statuses";

/**
 * The budgets in force and how each stands in its running month or day (`BudgetStatus`), the nearest to its amount first,
 * with the error of past forecasts beside each; and the running month.
 */
export async function listBudgets(ctx: Ctx) {
  requireRight(ctx.actor, "budgets:read");
  const { timeZone } = ctx.tenant;
  const { watermark, ...loaded } = await ctx.db.read((db) => budgetCosts(db, ctx));
  const statuses = await statusesOf(loaded, ctx, { withPastError: true });
  const month = instantsOf(periodOf(localDay(ctx.now, timeZone), "month"), timeZone);
  return { budgets: statuses, month, watermark, timeZone };
}
