import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findDeliveryRow, putBack } from "./delivery-queries";
import { findDestination } from "./queries";
import { requirePresent } from "./require-free";
import { RetryInput } from "./schemas";

/**
 * Sends a message again that could not be delivered. One of which it is not known whether it arrived may arrive twice then.
 * @throws DomainError NOT_FOUND; CONFLICT for one that has not failed, or whose destination is not active
 */
export async function retryMessage(ctx: Ctx, input: RetryInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "alerts:write");
  const { id } = RetryInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    const delivery = await findDeliveryRow(db, key);
    if (!delivery) throw new DomainError("NOT_FOUND", "There is no such message.");
    if (delivery.state !== "failed")
      throw new DomainError("CONFLICT", "Only a message that could not be delivered can be sent again.");
    if (delivery.kind === "test") throw new DomainError("CONFLICT", "Press the test button again instead.");
    const of = { tenantId: key.tenantId, id: delivery.destinationId };
    const destination = requirePresent(await findDestination(db, of));
    if (destination.state !== "active" && delivery.kind !== "notice")
      throw new DomainError("CONFLICT", "Its destination is not active. Resume it first.");
    await putBack(db, key, ctx.now);
    await recordAudit(db, ctx, { action: "delivery.retried", subject: id });
  });
  await ctx.emit({ name: "delivery/requested", data: { tenantId: ctx.tenant.id } });
  return { id };
}
