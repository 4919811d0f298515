import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findConnection, setState } from "./queries";
import { ConnectionInput } from "./schemas";

/**
 * Pulls again, at once, from where it was paused. Doing it again changes nothing.
 * @throws DomainError NOT_FOUND
 */
export async function resumeConnection(ctx: Ctx, input: ConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = ConnectionInput.parse(input);
  const connection = { tenantId: ctx.tenant.id, id };
  const resumed = await ctx.db.write(async (db) => {
    if (!(await findConnection(db, connection)))
      throw new DomainError("NOT_FOUND", "There is no such connection.");
    const changed = await setState(db, connection, ["paused"], "active");
    if (changed) await recordAudit(db, ctx, { action: "source.resumed", subject: id });
    return changed;
  });
  if (resumed)
    await ctx.emit({ name: "source/pull-requested", data: { tenantId: ctx.tenant.id, connectionId: id } });
  return { id };
}
