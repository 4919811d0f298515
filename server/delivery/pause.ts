import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { failWaiting } from "./delivery-queries";
import { changeDestination, lockDestination } from "./queries";
import { requirePresent } from "./require-free";
import { DestinationInput } from "./schemas";

/**
 * Sends nothing more there until it is resumed. What it misses is listed as not delivered. Doing it again changes nothing.
 * @throws DomainError NOT_FOUND
 */
export async function pauseDestination(ctx: Ctx, input: DestinationInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "alerts:write");
  const { id } = DestinationInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    const { state } = requirePresent(await lockDestination(db, key));
    if (state !== "active") return;
    await changeDestination(db, key, { state: "paused" });
    await failWaiting(db, key.tenantId, id, "The destination was paused.");
    await recordAudit(db, ctx, { action: "destination.paused", subject: id });
  });
  return { id };
}
