import { z } from "zod";
import type { Db } from "@/server/db";
import { DestinationKind, DestinationState, Routes } from "./schemas";

export interface DestinationId {
  tenantId: string;
  id: string;
}

const shown = {
  id: true,
  kind: true,
  name: true,
  tail: true,
  routes: true,
  state: true,
  reason: true,
  failure: true,
  failedAt: true,
  failures: true,
  lastOkAt: true,
  notBefore: true,
  createdAt: true,
  deletedAt: true,
} as const;
const Destination = z.object({
  id: z.string(),
  kind: DestinationKind,
  name: z.string(),
  tail: z.string(),
  routes: Routes,
  state: DestinationState,
  reason: z.string().nullable(),
  failure: z.string().nullable(),
  failedAt: z.date().nullable(),
  failures: z.number(),
  lastOkAt: z.date().nullable(),
  notBefore: z.date().nullable(),
  createdAt: z.date(),
  deletedAt: z.date().nullable(),
});
export type Destination = z.infer<typeof Destination>;
const SendingDestination = Destination.extend({ target: z.instanceof(Uint8Array) });
export type SendingDestination = z.infer<typeof SendingDestination>;

/** Changes of a tenant's destinations go one after the other, so that the limit and their addresses hold. */
export async function lockDestinations(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`destinations:${tenantId}`}, 0))`;
}

/** The oldest first; removed ones are not among them. */
export async function listDestinationRows(db: Db, tenantId: string): Promise<Destination[]> {
  const rows = await db.destination.findMany({
    where: { tenantId, deletedAt: null },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    select: shown,
  });
  return z.array(Destination).parse(rows);
}

/** Removed ones too. */
export async function findDestination(db: Db, destination: DestinationId): Promise<Destination | null> {
  const row = await db.destination.findUnique({ where: { tenantId_id: destination }, select: shown });
  return row && Destination.parse(row);
}

/** Holds their states as they are until the transaction ends: nobody pauses one meanwhile. */
export async function holdDestinations(db: Db, tenantId: string): Promise<void> {
  await db.$queryRaw`
    SELECT 1 FROM destination WHERE tenant_id = ${tenantId}::uuid AND deleted_at IS NULL ORDER BY id FOR SHARE`;
}

/** With its sealed target. */
export async function findSendingDestination(
  db: Db,
  destination: DestinationId,
): Promise<SendingDestination | null> {
  const row = await db.destination.findUnique({
    where: { tenantId_id: destination },
    select: { ...shown, target: true },
  });
  return row && SendingDestination.parse(row);
}

export async function countDestinations(db: Db, tenantId: string): Promise<number> {
  return db.destination.count({ where: { tenantId, deletedAt: null } });
}

export async function targetDigestOf(
  db: Db,
  destination: DestinationId,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const row = await db.destination.findUnique({
    where: { tenantId_id: destination },
    select: { targetDigest: true },
  });
  return row?.targetDigest ?? null;
}

/** Whether another destination that is there has this target. */
export async function isTargetTaken(
  db: Db,
  destination: DestinationId,
  targetDigest: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  const { tenantId, id } = destination;
  const found = await db.destination.findFirst({
    where: { tenantId, targetDigest, deletedAt: null, id: { not: id } },
    select: { id: true },
  });
  return found !== null;
}

export interface NewDestination extends DestinationId {
  kind: DestinationKind;
  name: string;
  target: Buffer<ArrayBuffer>;
  targetDigest: Buffer<ArrayBuffer>;
  tail: string;
  routes: Routes;
  createdBy: string;
  now: Date;
}

export async function insertDestination(db: Db, { now, ...destination }: NewDestination): Promise<void> {
  await db.destination.createMany({
    data: [{ ...destination, state: "active", failures: 0, createdAt: now, updatedAt: now }],
  });
}

export interface DestinationChange {
  name?: string;
  routes?: Routes;
  target?: Buffer<ArrayBuffer>;
  targetDigest?: Buffer<ArrayBuffer>;
  tail?: string;
  state?: DestinationState;
  reason?: string | null;
  failure?: string | null;
  failedAt?: Date;
  failures?: number;
  lastOkAt?: Date;
  notBefore?: Date | null;
  deletedAt?: Date | null;
}

export async function changeDestination(
  db: Db,
  destination: DestinationId,
  change: DestinationChange,
): Promise<void> {
  await db.destination.updateMany({ where: destination, data: change });
}

/** Of the whole tenant, what was removed before then, and its messages with it. */
export async function purgeRemoved(db: Db, tenantId: string, before: Date): Promise<void> {
  await db.destination.deleteMany({ where: { tenantId, deletedAt: { lt: before } } });
}

/** Takes the destination for as long as the transaction lasts; null where somebody else has it, or it is not there. */
export async function takeDestination(db: Db, { tenantId, id }: DestinationId): Promise<Destination | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM destination WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE SKIP LOCKED`;
  return rows.length === 0 ? null : findDestination(db, { tenantId, id });
}

/** As {@link takeDestination}, waiting for whoever has it. */
export async function lockDestination(db: Db, { tenantId, id }: DestinationId): Promise<Destination | null> {
  await db.$queryRaw`SELECT 1 FROM destination WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return findDestination(db, { tenantId, id });
}

/** People who look after the tenant. */
export async function adminAddresses(db: Db, tenantId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ email: string }[]>`
    SELECT p.email FROM member m JOIN person p ON p.id = m.person_id
    WHERE m.tenant_id = ${tenantId}::uuid AND m.role IN ('owner', 'admin') ORDER BY p.email LIMIT 50`;
  return rows.map(({ email }) => email);
}
