import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findBillConnection, setState } from "./queries";
import { BillConnectionInput } from "./schemas";

/**
 * Reads nothing more until it is resumed. Doing it again changes nothing.
 * @throws DomainError NOT_FOUND
 */
export async function pauseBill(ctx: Ctx, input: BillConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = BillConnectionInput.parse(input);
  const connection = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    if (!(await findBillConnection(db, connection)))
      throw new DomainError("NOT_FOUND", "There is no such connection.");
    if (await setState(db, connection, ["active", "failing"], "paused"))
      await recordAudit(db, ctx, { action: "bill.paused", subject: id });
  });
  return { id };
}
