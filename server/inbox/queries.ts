import { z } from "zod";
import type { Db } from "@/server/db";

export interface NewDelivery {
  source: string;
  keyId: string | null;
  /** Tags that the key sets on every call of the delivery. */
  pins: object;
  receivedAt: Date;
  payload: Uint8Array;
  items: number;
  /** Why it cannot be processed; null when it can. */
  failure: string | null;
}

/** In SQL, because the role that receives may not read back what it has written. */
export async function insertDelivery(db: Db, tenantId: string, delivery: NewDelivery): Promise<void> {
  const { source, keyId, pins, receivedAt, payload, items, failure } = delivery;
  await db.$executeRaw`
    INSERT INTO inbox (tenant_id, source, key_id, pins, received_at, payload, items, state, failure)
    VALUES (${tenantId}::uuid, ${source}, ${keyId}::uuid, ${JSON.stringify(pins)}::jsonb, ${receivedAt}::timestamptz, ${payload},
      ${items}, ${failure === null ? "waiting" : "failed"}, ${failure})`;
}

const Taken = z.object({
  id: z.string(),
  keyId: z.string().nullable(),
  pins: z.object({ environment: z.string().optional(), team: z.string().optional() }),
  attempts: z.number(),
  payload: z.instanceof(Uint8Array).nullable(),
});
export type TakenDelivery = z.infer<typeof Taken>;

/** The delivery that waits longest, its attempt counted before it begins: one that kills the process is seen to. */
export async function takeOldest(db: Db, tenantId: string): Promise<TakenDelivery | null> {
  const rows = await db.$queryRaw<unknown[]>`
    UPDATE inbox SET attempts = attempts + 1
    WHERE tenant_id = ${tenantId}::uuid AND id = (
      SELECT id FROM inbox WHERE tenant_id = ${tenantId}::uuid AND state = 'waiting' ORDER BY received_at, id LIMIT 1)
    RETURNING id, key_id AS "keyId", pins, attempts, payload`;
  return rows[0] === undefined ? null : Taken.parse(rows[0]);
}

export interface DeliveryResult {
  state: "done" | "failed";
  failure: string | null;
  items: number;
  accepted: number;
  duplicates: number;
  rejected: number;
}

/** What was processed is no longer kept; what failed is, to be tried again. */
export async function finishDelivery(
  db: Db,
  tenantId: string,
  id: string,
  result: DeliveryResult,
  processedAt: Date,
): Promise<void> {
  const gone = result.state === "done" ? { payload: null } : {};
  await db.inbox.updateMany({ where: { tenantId, id }, data: { ...result, ...gone, processedAt } });
}

export async function hasWaiting(db: Db, tenantId: string): Promise<boolean> {
  const found = await db.inbox.findFirst({ where: { tenantId, state: "waiting" }, select: { id: true } });
  return found !== null;
}

/** Across tenants, as the jobs role. */
export async function tenantsWithWaiting(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ tenant_id: string }[]>`
    SELECT DISTINCT tenant_id FROM inbox JOIN tenant USING (tenant_id) WHERE state = 'waiting'`;
  return rows.map((row) => row.tenant_id);
}

const shown = {
  id: true,
  source: true,
  receivedAt: true,
  processedAt: true,
  state: true,
  attempts: true,
  failure: true,
  items: true,
  accepted: true,
  duplicates: true,
  rejected: true,
} as const;

/** Deliveries of which something was refused, the newest first. Their content is never among it. */
export async function listTroubled(db: Db, tenantId: string, limit: number) {
  return db.inbox.findMany({
    where: { tenantId, OR: [{ state: "failed" }, { rejected: { gt: 0 } }] },
    orderBy: [{ receivedAt: "desc" }, { id: "asc" }],
    take: limit,
    select: shown,
  });
}

export interface InboxCounts {
  waiting: number;
  failed: number;
  done: number;
  items: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  oldestWaitingAt: Date | null;
  newestReceivedAt: Date | null;
}

/** Whatever waits, and what was received since. */
export async function countInbox(db: Db, tenantId: string, since: Date): Promise<InboxCounts> {
  const [row] = await db.$queryRaw<InboxCounts[]>`
    SELECT count(*) FILTER (WHERE state = 'waiting')::int AS waiting, count(*) FILTER (WHERE state = 'failed')::int AS failed,
      count(*) FILTER (WHERE state = 'done')::int AS done, coalesce(sum(items), 0)::int AS items,
      coalesce(sum(accepted), 0)::int AS accepted, coalesce(sum(duplicates), 0)::int AS duplicates,
      coalesce(sum(rejected), 0)::int AS rejected,
      min(received_at) FILTER (WHERE state = 'waiting') AS "oldestWaitingAt", max(received_at) AS "newestReceivedAt"
    FROM inbox WHERE tenant_id = ${tenantId}::uuid AND (received_at >= ${since}::timestamptz OR state = 'waiting')`;
  if (!row) throw new Error("A count answered no row");
  return row;
}

export async function findDelivery(
  db: Db,
  tenantId: string,
  id: string,
): Promise<{ state: string; isKept: boolean; failure: string | null } | null> {
  const [row] = await db.$queryRaw<{ state: string; isKept: boolean; failure: string | null }[]>`
    SELECT state, payload IS NOT NULL AS "isKept", failure FROM inbox WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  return row ?? null;
}

/** Only what had failed: a delivery that is being processed meanwhile stays as it is. */
export async function putBack(db: Db, tenantId: string, id: string): Promise<void> {
  await db.$executeRaw`
    UPDATE inbox SET state = 'waiting', attempts = 0 WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid AND state = 'failed'`;
}

/** Deliveries that are no longer needed; of what failed long ago, the content first. */
export async function forgetDeliveries(
  db: Db,
  tenantId: string,
  before: { done: Date; content: Date; failed: Date },
): Promise<number> {
  await db.inbox.updateMany({
    where: { tenantId, state: "failed", receivedAt: { lt: before.content } },
    data: { payload: null },
  });
  const { count } = await db.inbox.deleteMany({
    where: {
      tenantId,
      OR: [
        { state: "done", receivedAt: { lt: before.done } },
        { state: "failed", receivedAt: { lt: before.failed } },
      ],
    },
  });
  return count;
}
