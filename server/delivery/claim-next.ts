import { randomUUID } from "node:crypto";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { chooseNext, type Choice } from "./choose";
import {
  claim,
  type DeliveryRow,
  findDeliveryRow,
  foldInto,
  insertDeliveries,
  sentSince,
  waitingFor,
} from "./delivery-queries";
import { changeDestination, type Destination, takeDestination } from "./queries";
import { floodMs, paceMs } from "./schemas";

/** Longer than a try can take. */
export const leaseMs = 60_000;
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);

export interface Claimed {
  delivery: DeliveryRow;
  destination: Destination;
}

/**
 * Takes what a destination gets next, before it is sent and for this caller alone; and the destination's next second with
 * it. Null when there is nothing to send now.
 */
export function claimNext(ctx: Ctx, destinationId: string, now: Date): Promise<Claimed | null> {
  const tenantId = ctx.tenant.id;
  return ctx.db.write(async (db) => {
    const destination = await takeDestination(db, { tenantId, id: destinationId });
    if (destination?.state !== "active" || destination.deletedAt) return null;
    if (destination.notBefore && destination.notBefore > now) return null;
    const waiting = await waitingFor(db, tenantId, destinationId, now);
    const recent = await sentSince(db, tenantId, destinationId, later(now, -floodMs));
    const choice = chooseNext(waiting, recent, now);
    if (choice.what === "nothing") return null;
    const key = { tenantId, id: destinationId };
    if (choice.what === "wait") {
      await changeDestination(db, key, { notBefore: choice.until });
      return null;
    }
    await changeDestination(db, key, { notBefore: later(now, paceMs) });
    const id =
      choice.what === "digest"
        ? await makeDigest(db, ctx, destinationId, choice, now)
        : await claimSingle(db, tenantId, choice.id, now);
    const delivery = id === null ? null : await findDeliveryRow(db, { tenantId, id });
    return delivery && { delivery, destination };
  });
}

async function claimSingle(db: Db, tenantId: string, id: string, now: Date): Promise<string | null> {
  return (await claim(db, { tenantId, id }, now, later(now, leaseMs))) ? id : null;
}

async function makeDigest(
  db: Db,
  ctx: Ctx,
  destinationId: string,
  { ids, guarantee }: Extract<Choice, { what: "digest" }>,
  now: Date,
): Promise<string> {
  const tenantId = ctx.tenant.id;
  const id = randomUUID();
  await insertDeliveries(db, [
    {
      tenantId,
      id,
      destinationId,
      kind: "digest",
      key: `digest:${id}`,
      guarantee,
      state: "claimed",
      attempts: 1,
      claimedUntil: later(now, leaseMs),
      now,
    },
  ]);
  await foldInto(db, tenantId, ids, id);
  return id;
}
