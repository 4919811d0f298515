import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { failWaiting } from "./delivery-queries";
import { changeDestination, lockDestination } from "./queries";
import { DomainError } from "@/server/errors";
import { DestinationInput } from "./schemas";

/**
 * Takes a destination away; `restoreDestination` brings it back within a day. Doing it again changes nothing.
 * @throws DomainError NOT_FOUND
 */
export async function removeDestination(ctx: Ctx, input: DestinationInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "alerts:write");
  const { id } = DestinationInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    const found = await lockDestination(db, key);
    if (!found) throw new DomainError("NOT_FOUND", "There is no such destination.");
    if (found.deletedAt) return;
    await changeDestination(db, key, { deletedAt: ctx.now });
    await failWaiting(db, key.tenantId, id, "The destination was removed.");
    const { kind, name, tail } = found;
    await recordAudit(db, ctx, { action: "destination.removed", subject: id, before: { kind, name, tail } });
  });
  return { id };
}
