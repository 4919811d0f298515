import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { abandonPull, findReading } from "./pull-queries";
import { deleteBillConnection } from "./queries";
import { BillConnectionInput } from "./schemas";

/**
 * Forgets a connection and its key. What was read of its bills stays.
 * @throws DomainError NOT_FOUND
 */
export async function disconnectBill(ctx: Ctx, input: BillConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = BillConnectionInput.parse(input);
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    const removed = await deleteBillConnection(db, { tenantId, id });
    if (!removed) throw new DomainError("NOT_FOUND", "There is no such connection.");
    const reading = await findReading(db, tenantId, id);
    if (reading) await abandonPull(db, tenantId, reading.id);
    const { provider, name, baseUrl } = removed;
    await recordAudit(db, ctx, {
      action: "bill.disconnected",
      subject: id,
      before: { provider, name, baseUrl },
    });
  });
  return { id };
}
