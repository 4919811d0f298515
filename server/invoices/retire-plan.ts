import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { holdBooks } from "@/server/periods/hold-books";
import { findPlan, saveRetired } from "./plan-queries";
import { RetirePlanInput } from "./plan-schemas";
import { requireBiller } from "./requirements";

/** Takes a plan out of use; invoices of it stay as they are. @throws DomainError NOT_FOUND, CONFLICT while somebody is billed by it */
export async function retirePlan(ctx: Ctx, input: RetirePlanInput): Promise<void> {
  requireBiller(ctx);
  const { id } = RetirePlanInput.parse(input);
  await ctx.db.write(async (db) => {
    await holdBooks(db, ctx);
    const plan = await findPlan(db, ctx.tenant.id, id, undefined);
    if (plan?.retiredAt !== null) throw new DomainError("NOT_FOUND", "There is no such rate plan.");
    if (plan.isDefault || plan.accounts > 0)
      throw new DomainError("CONFLICT", "Accounts are billed by this plan: give them another one first.");
    await saveRetired(db, ctx.tenant.id, id, ctx.now);
    await recordAudit(db, ctx, {
      action: "rate-plan.retired",
      subject: id,
      before: { name: plan.terms.name },
    });
  });
}
