import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { DeliveryKind, DeliveryState, Guarantee, Message } from "./schemas";

const DeliveryRow = z.object({
  id: z.string(),
  destinationId: z.string(),
  kind: DeliveryKind,
  incidentId: z.string().nullable(),
  eventN: z.number().nullable(),
  message: Message.nullable(),
  guarantee: Guarantee,
  state: DeliveryState,
  attempts: z.number(),
  createdAt: z.date(),
});
export type DeliveryRow = z.infer<typeof DeliveryRow>;
const columns = {
  id: true,
  destinationId: true,
  kind: true,
  incidentId: true,
  eventN: true,
  message: true,
  guarantee: true,
  state: true,
  attempts: true,
  createdAt: true,
} as const;

export interface DeliveryId {
  tenantId: string;
  id: string;
}

export interface NewDelivery extends DeliveryId {
  destinationId: string;
  kind: DeliveryKind;
  key: string;
  incidentId?: string;
  eventN?: number;
  message?: Message;
  guarantee: Guarantee;
  state: DeliveryState;
  attempts?: number;
  notBefore?: Date;
  claimedUntil?: Date;
  failure?: string;
  now: Date;
}

/** What is there already stays as it is. @returns how many are new */
export async function insertDeliveries(db: Db, deliveries: readonly NewDelivery[]): Promise<number> {
  const { count } = await db.delivery.createMany({
    data: deliveries.map(({ now, notBefore, attempts, claimedUntil, ...delivery }) => ({
      ...delivery,
      attempts: attempts ?? 0,
      notBefore: notBefore ?? now,
      createdAt: now,
      ...(claimedUntil && { claimedUntil, triedAt: now }),
    })),
    skipDuplicates: true,
  });
  return count;
}

/** False where it was decided before, by whomever. */
export async function noteTold(
  db: Db,
  tenantId: string,
  told: { incidentId: string; n: number; at: Date; destinations: number },
): Promise<boolean> {
  const { count } = await db.incidentTold.createMany({ data: [{ tenantId, ...told }], skipDuplicates: true });
  return count > 0;
}

/**
 * Claims whose holder is gone: what may be repeated waits again, unless it was the end of so many holders that it may be why;
 * of the rest nobody knows.
 */
export async function releaseClaims(
  db: Db,
  tenantId: string,
  now: Date,
  given: { mostAttempts: number; unknown: string },
): Promise<void> {
  const again = Prisma.sql`guarantee = 'at_least_once' AND attempts < ${given.mostAttempts}`;
  await db.$executeRaw`
    UPDATE delivery SET claimed_until = NULL,
      state = CASE WHEN ${again} THEN 'waiting' ELSE 'failed' END,
      failure = CASE WHEN ${again} THEN failure ELSE ${given.unknown} END
    WHERE tenant_id = ${tenantId}::uuid AND state = 'claimed' AND claimed_until <= ${now}::timestamptz`;
}

/** Which destinations have something to send now; notices go by mail, whatever their destination's state. */
export async function destinationsWithWaiting(db: Db, tenantId: string, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT d.id FROM delivery w JOIN destination d ON d.tenant_id = w.tenant_id AND d.id = w.destination_id
    WHERE w.tenant_id = ${tenantId}::uuid AND w.state = 'waiting' AND w.not_before <= ${now}::timestamptz
      AND d.state = 'active' AND d.deleted_at IS NULL AND w.kind <> 'notice' ORDER BY d.id`;
  return rows.map(({ id }) => id);
}

export async function waitingFor(
  db: Db,
  tenantId: string,
  destinationId: string,
  now: Date,
): Promise<DeliveryRow[]> {
  const rows = await db.delivery.findMany({
    where: { tenantId, destinationId, state: "waiting", kind: { not: "notice" }, notBefore: { lte: now } },
    // Of one moment, an incident's news in the order they came about.
    orderBy: [{ createdAt: "asc" }, { incidentId: "asc" }, { eventN: "asc" }, { id: "asc" }],
    take: 1_000,
    select: columns,
  });
  return z.array(DeliveryRow).parse(rows);
}

/** Takes the notices that wait. */
export async function claimNotices(
  db: Db,
  tenantId: string,
  now: Date,
  claimedUntil: Date,
): Promise<DeliveryRow[]> {
  const taken = await db.$queryRaw<{ id: string }[]>`
    UPDATE delivery SET state = 'claimed', attempts = attempts + 1, claimed_until = ${claimedUntil}::timestamptz, tried_at = ${now}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND id IN (
      SELECT id FROM delivery WHERE tenant_id = ${tenantId}::uuid AND state = 'waiting' AND kind = 'notice'
        AND not_before <= ${now}::timestamptz FOR UPDATE SKIP LOCKED)
    RETURNING id`;
  const rows = await db.delivery.findMany({
    where: { tenantId, id: { in: taken.map(({ id }) => id) } },
    select: columns,
  });
  return z.array(DeliveryRow).parse(rows);
}

/** What went to a destination lately. */
export async function sentSince(db: Db, tenantId: string, destinationId: string, since: Date) {
  const rows = await db.delivery.findMany({
    where: { tenantId, destinationId, kind: { in: ["incident", "digest"] }, triedAt: { gt: since } },
    select: { triedAt: true, kind: true, guarantee: true },
  });
  return rows.flatMap(({ triedAt, kind, guarantee }) =>
    triedAt ? [{ at: triedAt, isDigest: kind === "digest", guarantee: Guarantee.parse(guarantee) }] : [],
  );
}

/** When anything was last sent there, or tried. */
export async function lastTriedAt(db: Db, tenantId: string, destinationId: string): Promise<Date | null> {
  const { _max: max } = await db.delivery.aggregate({
    where: { tenantId, destinationId },
    _max: { triedAt: true },
  });
  return max.triedAt;
}

/** False where it no longer waits. */
export async function claim(
  db: Db,
  { tenantId, id }: DeliveryId,
  now: Date,
  claimedUntil: Date,
): Promise<boolean> {
  const { count } = await db.delivery.updateMany({
    where: { tenantId, id, state: "waiting" },
    data: { state: "claimed", attempts: { increment: 1 }, claimedUntil, triedAt: now },
  });
  return count > 0;
}

export async function foldInto(
  db: Db,
  tenantId: string,
  ids: readonly string[],
  digestId: string,
): Promise<void> {
  await db.delivery.updateMany({
    where: { tenantId, id: { in: [...ids] }, state: "waiting" },
    data: { state: "folded", digestId },
  });
}

export async function foldedInto(db: Db, tenantId: string, digestId: string): Promise<DeliveryRow[]> {
  const rows = await db.delivery.findMany({
    where: { tenantId, digestId },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: columns,
  });
  return z.array(DeliveryRow).parse(rows);
}

export async function findDeliveryRow(db: Db, { tenantId, id }: DeliveryId): Promise<DeliveryRow | null> {
  const row = await db.delivery.findUnique({ where: { tenantId_id: { tenantId, id } }, select: columns });
  return row && DeliveryRow.parse(row);
}

/** What arrived has arrived, whoever notes it. */
export async function markSent(db: Db, { tenantId, id }: DeliveryId, at: Date): Promise<void> {
  await db.delivery.updateMany({
    where: { tenantId, id, state: { in: ["claimed", "waiting", "failed"] } },
    data: { state: "sent", sentAt: at, claimedUntil: null, failure: null },
  });
}

/** Only the claim that this try made: another may have it by now. */
export async function markTried(
  db: Db,
  { tenantId, id, attempts }: DeliveryId & { attempts: number },
  result: { state: "waiting" | "failed"; failure: string; notBefore?: Date },
): Promise<void> {
  await db.delivery.updateMany({
    where: { tenantId, id, attempts, state: "claimed" },
    data: { ...result, claimedUntil: null },
  });
}

/** Everything that waits for a destination that will not get it. */
export async function failWaiting(
  db: Db,
  tenantId: string,
  destinationId: string,
  failure: string,
): Promise<void> {
  await db.delivery.updateMany({
    where: { tenantId, destinationId, state: "waiting", kind: { not: "notice" } },
    data: { state: "failed", failure },
  });
}

/** A failed one into the queue again. False where it has not failed. */
export async function putBack(db: Db, { tenantId, id }: DeliveryId, now: Date): Promise<boolean> {
  const { count } = await db.delivery.updateMany({
    where: { tenantId, id, state: "failed" },
    // Its age begins anew as well, or it would be given up at once.
    data: { state: "waiting", attempts: 0, notBefore: now, createdAt: now },
  });
  return count > 0;
}

/** When the tenant's next message may go out; null when none waits. */
export async function nextDue(db: Db, tenantId: string): Promise<Date | null> {
  const [row] = await db.$queryRaw<{ due: Date | null }[]>`
    SELECT min(CASE w.kind WHEN 'notice' THEN w.not_before ELSE greatest(w.not_before, d.not_before) END) AS due
    FROM delivery w JOIN destination d ON d.tenant_id = w.tenant_id AND d.id = w.destination_id
    WHERE w.tenant_id = ${tenantId}::uuid AND w.state = 'waiting'
      AND (w.kind = 'notice' OR (d.state = 'active' AND d.deleted_at IS NULL))`;
  return row?.due ?? null;
}

/** Whether somebody was asked already to send what can be sent now. */
export async function hasReady(db: Db, tenantId: string, now: Date): Promise<boolean> {
  const found = await db.delivery.findFirst({
    where: { tenantId, state: "waiting", notBefore: { lte: now } },
    select: { id: true },
  });
  return found !== null;
}

/** Across tenants, as the jobs role: whose messages wait, or hang. */
export async function tenantsWithDue(db: Db, now: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ tenant_id: string }[]>`
    SELECT DISTINCT tenant_id FROM delivery
    WHERE (state = 'waiting' AND not_before <= ${now}::timestamptz)
      OR (state = 'claimed' AND claimed_until <= ${now}::timestamptz)`;
  return rows.map((row) => row.tenant_id);
}

const Listed = z.object({
  id: z.string(),
  destinationId: z.string(),
  kind: DeliveryKind,
  state: DeliveryState,
  guarantee: Guarantee,
  attempts: z.number(),
  createdAt: z.date(),
  sentAt: z.date().nullable(),
  notBefore: z.date(),
  failure: z.string().nullable(),
  digestId: z.string().nullable(),
  incidentId: z.string().nullable(),
  title: z.string().nullable(),
  rule: z.string().nullable(),
  subjectKind: z.string().nullable(),
  subjectKey: z.string().nullable(),
  eventKind: z.string().nullable(),
  folded: z.number(),
});
export type ListedRow = z.infer<typeof Listed>;

/** The newest first, with what each is about. */
export async function listDeliveryRows(
  db: Db,
  asked: {
    tenantId: string;
    destinationId: string | null;
    incidentId: string | null;
    failed: boolean;
    limit: number;
  },
): Promise<ListedRow[]> {
  const rows = await db.$queryRaw`
    SELECT w.id, w.destination_id AS "destinationId", w.kind, w.state, w.guarantee, w.attempts, w.created_at AS "createdAt",
      w.sent_at AS "sentAt", w.not_before AS "notBefore", w.failure, w.digest_id AS "digestId",
      w.incident_id AS "incidentId", w.message->>'title' AS title,
      i.rule, i.subject_kind AS "subjectKind", i.subject_key AS "subjectKey", e.kind AS "eventKind",
      (SELECT count(*)::int FROM delivery f WHERE f.tenant_id = w.tenant_id AND f.digest_id = w.id) AS folded
    FROM delivery w
    LEFT JOIN incident i ON i.tenant_id = w.tenant_id AND i.id = w.incident_id
    LEFT JOIN incident_event e ON e.tenant_id = w.tenant_id AND e.incident_id = w.incident_id AND e.n = w.event_n
    WHERE w.tenant_id = ${asked.tenantId}::uuid
      AND (${asked.destinationId}::uuid IS NULL OR w.destination_id = ${asked.destinationId}::uuid)
      AND (${asked.incidentId}::uuid IS NULL OR w.incident_id = ${asked.incidentId}::uuid)
      AND (NOT ${asked.failed}::boolean OR w.state = 'failed')
    ORDER BY w.created_at DESC, w.id LIMIT ${asked.limit}`;
  return z.array(Listed).parse(rows);
}

const Counts = z.object({
  destinationId: z.string(),
  waiting: z.number(),
  sent: z.number(),
  failed: z.number(),
});

/** How the messages of each destination have fared since. */
export async function countDeliveries(db: Db, tenantId: string, since: Date) {
  const rows = await db.$queryRaw`
    SELECT destination_id AS "destinationId", count(*) FILTER (WHERE state IN ('waiting', 'claimed'))::int AS waiting,
      count(*) FILTER (WHERE state = 'sent')::int AS sent, count(*) FILTER (WHERE state = 'failed')::int AS failed
    FROM delivery WHERE tenant_id = ${tenantId}::uuid AND created_at >= ${since}::timestamptz GROUP BY 1`;
  return z.array(Counts).parse(rows);
}

/** What is over for long. */
export async function forgetOld(db: Db, tenantId: string, before: Date): Promise<number> {
  const { count } = await db.delivery.deleteMany({
    where: { tenantId, state: { in: ["sent", "failed", "folded"] }, createdAt: { lt: before } },
  });
  await db.incidentTold.deleteMany({ where: { tenantId, at: { lt: before } } });
  return count;
}
