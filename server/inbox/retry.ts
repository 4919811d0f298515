import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { announceDelivery } from "./announce";
import { findDelivery, putBack } from "./queries";
import { RetryDeliveryInput } from "./schemas";

/**
 * Lets a delivery that failed be processed again.
 * @throws DomainError FORBIDDEN, NOT_FOUND, CONFLICT (it has not failed, or its content is no longer kept)
 */
export async function retryDelivery(ctx: Ctx, input: RetryDeliveryInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "sources:write");
  const { id } = RetryDeliveryInput.parse(input);
  await ctx.db.write(async (db) => {
    const found = await findDelivery(db, ctx.tenant.id, id);
    if (!found) throw new DomainError("NOT_FOUND", "There is no such delivery.");
    if (found.state !== "failed") throw new DomainError("CONFLICT", "This delivery has not failed.");
    if (!found.isKept) throw new DomainError("CONFLICT", "The content of this delivery is no longer kept.");
    await putBack(db, ctx.tenant.id, id);
    await recordAudit(db, ctx, {
      action: "delivery.retried",
      subject: id,
      before: { state: "failed", failure: found.failure },
      after: { state: "waiting" },
    });
  });
  announceDelivery(ctx);
  return { id };
}
