import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findConnection, setState } from "./queries";
import { ConnectionInput } from "./schemas";

/**
 * Pulls nothing more, until it is resumed; a pull under way ends with the page that it is at. Doing it again changes nothing.
 * @throws DomainError NOT_FOUND
 */
export async function pauseConnection(ctx: Ctx, input: ConnectionInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = ConnectionInput.parse(input);
  const connection = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    if (!(await findConnection(db, connection)))
      throw new DomainError("NOT_FOUND", "There is no such connection.");
    if (await setState(db, connection, ["active", "failing"], "paused"))
      await recordAudit(db, ctx, { action: "source.paused", subject: id });
  });
  return { id };
}
