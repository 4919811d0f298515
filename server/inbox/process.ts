import { currentPolicy } from "@/server/attribution/tenant-policy";
import { requireRight } from "@/server/auth/permissions";
import { recordCalls } from "@/server/calls/record";
import { maxCallsPerBatch } from "@/server/calls/schemas";
import type { Ctx } from "@/server/context";
import { unseal } from "@/server/crypto/seal";
import { isDomainError } from "@/server/errors";
import { type MappedCall, mapPayload } from "@/server/litellm/map";
import { logger } from "@/server/log";
import { type DeliveryResult, finishDelivery, hasWaiting, takeOldest, type TakenDelivery } from "./queries";
import { readDelivery } from "./read-delivery";

/** Deliveries of one step: each has a few hundred calls. */
const perRun = 20;
/** Then it is the delivery, not the database. */
const maxAttempts = 20;

export interface Processed {
  deliveries: number;
  /** Another run has something to do at once. */
  more: boolean;
}

/**
 * Empties the inbox, oldest first. Calls are stored before their delivery is marked done; killed in between, the next
 * run finds duplicates. While the database is away a delivery stays and waits.
 */
export async function processInbox(ctx: Ctx): Promise<Processed> {
  requireRight(ctx.actor, "calls:write");
  for (let deliveries = 0; deliveries < perRun; deliveries += 1) {
    const taken = await ctx.db.rollup((db) => takeOldest(db, ctx.tenant.id));
    if (!taken) return { deliveries, more: false };
    const result = await outcomeOf(ctx, taken);
    if (result === null) return { deliveries, more: false };
    await ctx.db.rollup((db) => finishDelivery(db, ctx.tenant.id, taken.id, result, ctx.now));
  }
  return { deliveries: perRun, more: await ctx.db.rollup((db) => hasWaiting(db, ctx.tenant.id)) };
}

const failed = (failure: string): DeliveryResult => ({ state: "failed", failure, items: 0, accepted: 0, duplicates: 0, rejected: 0 }); // prettier-ignore

/** Null: not now, for nobody knows what is stored. */
async function outcomeOf(ctx: Ctx, taken: TakenDelivery): Promise<DeliveryResult | null> {
  try {
    return await processOne(ctx, taken);
  } catch (error) {
    if (isDomainError(error) && (error.code === "UNAVAILABLE" || error.code === "RATE_LIMITED")) {
      return taken.attempts < maxAttempts
        ? null
        : failed(`It was tried ${String(taken.attempts)} times; the database did not take it.`);
    }
    if (isDomainError(error)) return failed(error.message);
    logger.error({ error, delivery: taken.id }, "a delivery could not be processed");
    return failed("Something went wrong on our side; it can be tried again.");
  }
}

async function processOne(ctx: Ctx, taken: TakenDelivery): Promise<DeliveryResult> {
  if (taken.payload === null) return failed("Its content is no longer kept.");
  const delivery = readDelivery(unseal("inbox", ctx.tenant.id, taken.payload).toString("utf8"));
  if (!delivery.ok) return failed(delivery.reason);
  const { attributeMap } = await currentPolicy(ctx);
  const calls: MappedCall[] = [];
  const faults = delivery.badLines > 0 ? [`${String(delivery.badLines)} lines are no JSON objects`] : [];
  let rejected = delivery.badLines;
  for (const item of delivery.items) {
    const mapping = mapPayload(item, attributeMap);
    if (mapping.kind === "call") calls.push(mapping.call);
    if (mapping.kind !== "fault") continue;
    rejected += 1;
    faults.push(mapping.message);
  }
  const result = { items: delivery.items.length + delivery.badLines, accepted: 0, duplicates: 0 };
  const sender = { keyId: taken.keyId, pins: taken.pins };
  for (let from = 0; from < calls.length; from += maxCallsPerBatch) {
    const part = calls.slice(from, from + maxCallsPerBatch);
    const answer = await recordCalls(ctx, { calls: part }, { source: "litellm", sender, keepRejected: true });
    result.accepted += answer.accepted;
    result.duplicates += answer.duplicates;
    rejected += answer.rejected.length;
    faults.push(
      ...answer.rejected.map(({ field, message }) => (field === null ? message : `${field} ${message}`)),
    );
  }
  return { ...result, rejected, state: "done", failure: faultsInWords(faults) };
}

/** The first fault, and how many more there are: a delivery's faults are mostly the same one. */
function faultsInWords(faults: readonly string[]): string | null {
  const [first, ...others] = faults;
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} (and ${String(others.length)} more)`;
}
