import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { budgetStatuses } from "./statuses";

/**
 * The budgets in force and how each stands in its running month or day (`BudgetStatus`), the nearest to its amount first,
 * with the error of past forecasts beside each.
 */
export async function listBudgets(ctx: Ctx) {
  requireRight(ctx.actor, "budgets:read");
  const { statuses, watermark } = await ctx.db.read((db) => budgetStatuses(db, ctx, { withPastError: true }));
  return { budgets: statuses, watermark, timeZone: ctx.tenant.timeZone };
}
