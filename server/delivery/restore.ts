import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { changeDestination, findDestination, lockDestinations, targetDigestOf } from "./queries";
import { requireFreeTarget, requireRoom } from "./require-free";
import { DestinationInput, restorableHours } from "./schemas";

/**
 * Brings a removed destination back as it was. One that is there stays as it is.
 * @throws DomainError NOT_FOUND after a day, CONFLICT when its address was taken in the meantime
 */
export async function restoreDestination(ctx: Ctx, input: DestinationInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "alerts:write");
  const { id } = DestinationInput.parse(input);
  const tenantId = ctx.tenant.id;
  const key = { tenantId, id };
  await ctx.db.write(async (db) => {
    await lockDestinations(db, tenantId);
    const found = await findDestination(db, key);
    const digest = await targetDigestOf(db, key);
    if (!found || !digest) throw new DomainError("NOT_FOUND", "There is no such destination.");
    if (!found.deletedAt) return;
    if (ctx.now.getTime() - found.deletedAt.getTime() > restorableHours * 3_600_000)
      throw new DomainError("NOT_FOUND", "It was removed too long ago.");
    await requireRoom(db, tenantId);
    await requireFreeTarget(db, key, digest);
    await changeDestination(db, key, { deletedAt: null });
    await recordAudit(db, ctx, { action: "destination.restored", subject: id, after: { name: found.name } });
  });
  return { id };
}
