import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findConnection } from "./queries";
import { ConnectionInput } from "./schemas";

/**
 * Does not wait for the hour. The pull itself happens after this has answered.
 * @throws DomainError NOT_FOUND, CONFLICT while it is paused
 */
export async function pullNow(ctx: Ctx, input: ConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = ConnectionInput.parse(input);
  await ctx.db.write(async (db) => {
    const connection = await findConnection(db, { tenantId: ctx.tenant.id, id });
    if (!connection) throw new DomainError("NOT_FOUND", "There is no such connection.");
    if (connection.state === "paused")
      throw new DomainError("CONFLICT", "This connection is paused. Resume it to pull from it.");
    await recordAudit(db, ctx, { action: "source.pull_requested", subject: id });
  });
  await ctx.emit({ name: "source/pull-requested", data: { tenantId: ctx.tenant.id, connectionId: id } });
  return { id };
}
