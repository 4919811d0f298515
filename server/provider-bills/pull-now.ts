import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findBillConnection } from "./queries";
import { BillConnectionInput } from "./schemas";

/**
 * Does not wait for tomorrow. The read itself happens after this has answered.
 * @throws DomainError NOT_FOUND, CONFLICT while it is paused
 */
export async function pullBillNow(ctx: Ctx, input: BillConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = BillConnectionInput.parse(input);
  await ctx.db.write(async (db) => {
    const connection = await findBillConnection(db, { tenantId: ctx.tenant.id, id });
    if (!connection) throw new DomainError("NOT_FOUND", "There is no such connection.");
    if (connection.state === "paused")
      throw new DomainError("CONFLICT", "This connection is paused. Resume it to read its bill.");
    await recordAudit(db, ctx, { action: "bill.pull_requested", subject: id });
  });
  await ctx.emit({ name: "bill/pull-requested", data: { tenantId: ctx.tenant.id, connectionId: id } });
  return { id };
}
