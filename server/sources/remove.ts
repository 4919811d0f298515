import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { deleteConnection } from "./queries";
import { ConnectionInput } from "./schemas";

/**
 * Forgets a connection and its keys. What it brought stays, and connecting it again brings nothing twice.
 * @throws DomainError NOT_FOUND
 */
export async function removeConnection(ctx: Ctx, input: ConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = ConnectionInput.parse(input);
  await ctx.db.write(async (db) => {
    const removed = await deleteConnection(db, { tenantId: ctx.tenant.id, id });
    if (!removed) throw new DomainError("NOT_FOUND", "There is no such connection.");
    const { kind, name, baseUrl } = removed;
    await recordAudit(db, ctx, { action: "source.removed", subject: id, before: { kind, name, baseUrl } });
  });
  return { id };
}
