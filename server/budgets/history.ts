import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { versionsOf } from "./queries";
import { type Budget, BudgetInput } from "./schemas";

/**
 * Every version of a budget, the newest first: what held from when to when, and who said so.
 * @throws DomainError NOT_FOUND
 */
export async function budgetHistory(ctx: Ctx, input: BudgetInput): Promise<{ versions: Budget[] }> {
  requireRight(ctx.actor, "budgets:read");
  const { id } = BudgetInput.parse(input);
  const versions = await ctx.db.read((db) => versionsOf(db, ctx.tenant.id, id));
  if (versions.length === 0) throw new DomainError("NOT_FOUND", "There is no such budget.");
  return { versions };
}
