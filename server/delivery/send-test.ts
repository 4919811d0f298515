import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { type Claimed, leaseMs } from "./claim-next";
import { findDeliveryRow, insertDeliveries, lastTriedAt } from "./delivery-queries";
import type { Outcome } from "./outcome";
import { testMessage } from "./own-messages";
import { changeDestination, findSendingDestination, lockDestination } from "./queries";
import { requirePresent } from "./require-free";
import { DestinationInput, paceMs } from "./schemas";
import { sendTo } from "./send";
import { senderOf } from "./sender";
import { settleDelivery } from "./settle";
import { openTarget } from "./target";

/**
 * Sends a message that says it is a test, at once, and tells what the other side answered. Also to one that is paused or
 * switched off: its state stays.
 * @throws DomainError NOT_FOUND; RATE_LIMITED within the second of another message; CONFLICT when its address is unreadable
 */
export async function testDestination(
  ctx: Ctx,
  input: DestinationInput,
): Promise<{ ok: boolean; answer: string }> {
  requireRight(ctx.actor, "alerts:write");
  const { id } = DestinationInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  const deliveryId = randomUUID();
  const { claimed, sealed } = await ctx.db.write(async (db) => {
    const destination = requirePresent(await lockDestination(db, key));
    const last = await lastTriedAt(db, key.tenantId, id);
    if (last && ctx.now.getTime() - last.getTime() < paceMs)
      throw new DomainError("RATE_LIMITED", "A message went there just now.", { retryAfterSeconds: 1 });
    const message = testMessage(destination.name, senderOf(ctx));
    await insertDeliveries(db, [
      {
        tenantId: key.tenantId,
        id: deliveryId,
        destinationId: id,
        kind: "test",
        key: `test:${deliveryId}`,
        message,
        guarantee: "at_most_once",
        state: "claimed",
        attempts: 1,
        claimedUntil: new Date(ctx.now.getTime() + leaseMs),
        now: ctx.now,
      },
    ]);
    const next = new Date(ctx.now.getTime() + paceMs);
    if (!destination.notBefore || destination.notBefore < next)
      await changeDestination(db, key, { notBefore: next });
    const [delivery, row] = [
      await findDeliveryRow(db, { tenantId: key.tenantId, id: deliveryId }),
      await findSendingDestination(db, key),
    ];
    if (!delivery?.message || !row) throw new Error("A row that was just written is not there");
    await recordAudit(db, ctx, { action: "destination.tested", subject: id });
    const taken: Claimed & { message: typeof message } = { delivery, destination, message };
    return { claimed: taken, sealed: row.target };
  });
  const outcome = await sendTest(ctx, claimed, sealed);
  await settleDelivery(ctx, claimed, outcome, { sentAt: ctx.now, answeredAt: ctx.now });
  return outcome.what === "sent"
    ? { ok: true, answer: "It was taken. Look whether it is there." }
    : { ok: false, answer: outcome.failure };
}

async function sendTest(
  ctx: Ctx,
  { delivery, message }: Claimed & { message: ReturnType<typeof testMessage> },
  sealed: Uint8Array,
): Promise<Outcome> {
  const { slug: tenantSlug, id } = ctx.tenant;
  const composed = { message, incident: null, at: ctx.now };
  try {
    const target = openTarget(id, sealed);
    return await sendTo(target, { ...composed, deliveryId: delivery.id, tenantSlug, now: ctx.now });
  } catch (error) {
    const failure = error instanceof DomainError ? error.message : "It could not be sent; the fault is ours.";
    return { what: "refused", failure };
  }
}
