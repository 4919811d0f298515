import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import { logger } from "@/server/log";
import { mostAttempts } from "./back-off";
import { claimNext, type Claimed, leaseMs } from "./claim-next";
import { composeDelivery } from "./compose";
import { claimNotices, destinationsWithWaiting, nextDue, releaseClaims } from "./delivery-queries";
import type { Outcome } from "./outcome";
import { adminAddresses, findDestination, findSendingDestination } from "./queries";
import { mailTo, sendTo } from "./send";
import { settleDelivery } from "./settle";
import { openTarget } from "./target";

export interface Delivered {
  /** Messages that were tried. */
  tried: number;
  /** How long until there is more to send; null when nothing waits. */
  waitMs: number | null;
}

/** Destinations that are spoken to at once: one that is slow holds few up. */
const lanes = 4;
/** When another worker has what is due, or has just had it. */
const awhileMs = 1_000;
export const unknownArrival =
  "It is not known whether it arrived, and it is not repeated: whoever was sending it stopped in the middle.";

/**
 * Sends each destination of the tenant its next message, if it has one: claimed before, and noted after. A call that is
 * repeated, or made twice at once, sends nothing that another has claimed.
 */
export async function deliverReady(ctx: Ctx): Promise<Delivered> {
  requireRight(ctx.actor, "incidents:write");
  const started = performance.now();
  const clock = () => new Date(ctx.now.getTime() + Math.round(performance.now() - started));
  const tenantId = ctx.tenant.id;
  const ids = await ctx.db.write(async (db) => {
    await releaseClaims(db, tenantId, ctx.now, { mostAttempts, unknown: unknownArrival });
    return destinationsWithWaiting(db, tenantId, ctx.now);
  });
  let tried = await deliverNotices(ctx, clock);
  for (let from = 0; from < ids.length; from += lanes) {
    const settled = await Promise.allSettled(
      ids.slice(from, from + lanes).map((id) => deliverNext(ctx, id, clock)),
    );
    for (const one of settled) {
      if (one.status === "rejected") throw one.reason;
      tried += one.value;
    }
  }
  const due = await ctx.db.write((db) => nextDue(db, tenantId));
  if (!due) return { tried, waitMs: null };
  return { tried, waitMs: Math.max(due.getTime() - clock().getTime(), tried === 0 ? awhileMs : 0) };
}

async function deliverNext(ctx: Ctx, destinationId: string, clock: () => Date): Promise<number> {
  const claimed = await claimNext(ctx, destinationId, clock());
  if (!claimed) return 0;
  await tryOnce(ctx, claimed, clock, () => speak(ctx, claimed, clock()));
  return 1;
}

async function deliverNotices(ctx: Ctx, clock: () => Date): Promise<number> {
  const now = clock();
  const notices = await ctx.db.write((db) =>
    claimNotices(db, ctx.tenant.id, now, new Date(now.getTime() + leaseMs)),
  );
  for (const delivery of notices) {
    const key = { tenantId: ctx.tenant.id, id: delivery.destinationId };
    const destination = await ctx.db.write((db) => findDestination(db, key));
    if (destination)
      await tryOnce(ctx, { delivery, destination }, clock, () => mailAdmins(ctx, { delivery, destination }));
  }
  return notices.length;
}

async function tryOnce(
  ctx: Ctx,
  claimed: Claimed,
  clock: () => Date,
  send: () => Promise<Outcome>,
): Promise<void> {
  const sentAt = clock();
  const outcome = await send().catch((error: unknown): Outcome => {
    // Nothing has gone out: what is sent answers with an outcome.
    logger.error({ error, delivery: claimed.delivery.id }, "a message could not be put together");
    if (isDomainError(error) && error.code === "UNAVAILABLE")
      return { what: "later", failure: error.message, waitSeconds: null };
    const failure =
      isDomainError(error) && error.code !== "INTERNAL"
        ? error.message
        : "The message could not be put together; the fault is ours.";
    return { what: "refused", failure };
  });
  await settleDelivery(ctx, claimed, outcome, { sentAt, answeredAt: clock() });
}

async function speak(ctx: Ctx, { delivery, destination }: Claimed, now: Date): Promise<Outcome> {
  const tenantId = ctx.tenant.id;
  const composed = await composeDelivery(ctx, delivery);
  const row = await ctx.db.write((db) => findSendingDestination(db, { tenantId, id: destination.id }));
  if (!row) return { what: "refused", failure: "The destination was removed." };
  const target = openTarget(tenantId, row.target);
  return sendTo(target, { ...composed, deliveryId: delivery.id, tenantSlug: ctx.tenant.slug, now });
}

async function mailAdmins(ctx: Ctx, { delivery }: Claimed): Promise<Outcome> {
  const { message } = await composeDelivery(ctx, delivery);
  const to = await ctx.db.write((db) => adminAddresses(db, ctx.tenant.id));
  if (to.length === 0) return { what: "refused", failure: "There is nobody to be told." };
  return mailTo(to, { message });
}
