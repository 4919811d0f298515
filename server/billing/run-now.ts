import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { changeConnection, lockBilling } from "./queries";
import { requireConnection } from "./require-connection";

/**
 * Does not wait for the next ten minutes: plans, sends and compares after this has answered. A key that was refused is
 * tried again; a wait that Stripe asked for is kept.
 * @throws DomainError CONFLICT when nothing is connected
 */
export async function runNow(ctx: Ctx): Promise<void> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    const { id, state } = await requireConnection(db, tenantId);
    const change = { comparedAt: null, ...(state === "failing" && { notBefore: null }) };
    await changeConnection(db, { tenantId, id }, change);
    await recordAudit(db, ctx, { action: "billing.run-requested", subject: id });
  });
  await ctx.emit({ name: "billing/export-requested", data: { tenantId } });
}
