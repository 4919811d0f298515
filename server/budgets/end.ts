import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { auditedFacts } from "./audit-budget";
import { closeVersion, lockBudgets, versionsOf } from "./queries";
import { BudgetInput } from "./schemas";

/**
 * Ends a budget; its history stays. One that has ended stays so. Taken back by setting it again, which goes on with it.
 * @throws DomainError NOT_FOUND
 */
export async function endBudget(ctx: Ctx, input: BudgetInput) {
  requireRight(ctx.actor, "budgets:write");
  const { id } = BudgetInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await lockBudgets(db, tenantId);
    const [newest] = await versionsOf(db, tenantId, id);
    if (!newest) throw new DomainError("NOT_FOUND", "There is no such budget.");
    if (newest.validTo) return { budget: newest };
    const at = newest.validFrom > ctx.now ? newest.validFrom : ctx.now;
    await closeVersion(db, tenantId, id, at);
    await recordAudit(db, ctx, { action: "budget.ended", subject: id, before: auditedFacts(newest) });
    return { budget: { ...newest, validTo: at } };
  });
}
