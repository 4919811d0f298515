import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findBillConnection, setState } from "./queries";
import { BillConnectionInput } from "./schemas";

/**
 * Reads again, at once. Doing it again changes nothing.
 * @throws DomainError NOT_FOUND
 */
export async function resumeBill(ctx: Ctx, input: BillConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = BillConnectionInput.parse(input);
  const connection = { tenantId: ctx.tenant.id, id };
  const resumed = await ctx.db.write(async (db) => {
    if (!(await findBillConnection(db, connection)))
      throw new DomainError("NOT_FOUND", "There is no such connection.");
    const changed = await setState(db, connection, ["paused"], "active");
    if (changed) await recordAudit(db, ctx, { action: "bill.resumed", subject: id });
    return changed;
  });
  if (resumed)
    await ctx.emit({ name: "bill/pull-requested", data: { tenantId: ctx.tenant.id, connectionId: id } });
  return { id };
}
