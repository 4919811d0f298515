import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { ConnectionState, SourceKind } from "./schemas";

export interface ConnectionId {
  tenantId: string;
  id: string;
}

/** What a pull added. */
export interface PullCounts {
  items: number;
  accepted: number;
  duplicates: number;
  rejected: number;
}

const shown = {
  id: true,
  kind: true,
  name: true,
  baseUrl: true,
  settings: true,
  state: true,
  pulledTo: true,
  lastRunAt: true,
  lastOkAt: true,
  failure: true,
  failures: true,
  waitUntil: true,
  items: true,
  accepted: true,
  duplicates: true,
  rejected: true,
  createdBy: true,
  createdAt: true,
} as const;

const count = z.bigint().transform(Number);
const Connection = z.object({
  id: z.string(),
  kind: SourceKind,
  name: z.string(),
  baseUrl: z.string(),
  settings: z.unknown(),
  state: ConnectionState,
  pulledTo: z.date().nullable(),
  lastRunAt: z.date().nullable(),
  lastOkAt: z.date().nullable(),
  failure: z.string().nullable(),
  failures: z.number(),
  waitUntil: z.date().nullable(),
  items: count,
  accepted: count,
  duplicates: count,
  rejected: count,
  createdBy: z.string(),
  createdAt: z.date(),
});
export type Connection = z.infer<typeof Connection>;

/** With what only a pull needs. */
const PullableConnection = Connection.extend({
  credentials: z.instanceof(Uint8Array),
  resume: z.unknown(),
});
export type PullableConnection = z.infer<typeof PullableConnection>;

/** Newest first. */
export async function listConnections(db: Db, tenantId: string): Promise<Connection[]> {
  const rows = await db.sourceConnection.findMany({
    where: { tenantId },
    select: shown,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return z.array(Connection).parse(rows);
}

export async function findConnection(db: Db, connection: ConnectionId): Promise<Connection | null> {
  const row = await db.sourceConnection.findUnique({ where: { tenantId_id: connection }, select: shown });
  return row && Connection.parse(row);
}

export async function findPullable(db: Db, connection: ConnectionId): Promise<PullableConnection | null> {
  const row = await db.sourceConnection.findUnique({
    where: { tenantId_id: connection },
    select: { ...shown, credentials: true, resume: true },
  });
  return row && PullableConnection.parse(row);
}

/** Holds other additions of the tenant back until this transaction ends, so that the limit holds. */
export async function countConnectionsLocked(db: Db, tenantId: string): Promise<number> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('sources ' || ${tenantId}, 0))`;
  return db.sourceConnection.count({ where: { tenantId } });
}

export interface NewConnection extends ConnectionId {
  kind: SourceKind;
  name: string;
  baseUrl: string;
  credentials: Buffer<ArrayBuffer>;
  settings: Record<string, string | number>;
  createdBy: string;
  createdAt: Date;
}

export async function insertConnection(db: Db, connection: NewConnection): Promise<void> {
  await db.sourceConnection.createMany({ data: [connection] });
}

/** The row as it was before; null if it is absent or another tenant's. */
export async function deleteConnection(db: Db, connection: ConnectionId): Promise<Connection | null> {
  const found = await findConnection(db, connection);
  if (found) await db.sourceConnection.deleteMany({ where: connection });
  return found;
}

/** @returns whether it changed */
export async function setState(
  db: Db,
  connection: ConnectionId,
  from: readonly ConnectionState[],
  to: ConnectionState,
): Promise<boolean> {
  const { count: changed } = await db.sourceConnection.updateMany({
    where: { ...connection, state: { in: [...from] } },
    data: { state: to },
  });
  return changed > 0;
}

export interface PullProgress {
  /** Null: as before. */
  pulledTo: Date | null;
  /** Where to go on; null when the run came to its end, which is a success. */
  resume: Prisma.InputJsonObject | null;
  counts: PullCounts;
  at: Date;
}

/** Notes what a page brought. A run that comes to its end clears what failed before; a pause stays a pause. */
export async function saveProgress(db: Db, connection: ConnectionId, progress: PullProgress): Promise<void> {
  const { items, accepted, duplicates, rejected } = progress.counts;
  const ended = progress.resume === null;
  await db.sourceConnection.updateMany({
    where: connection,
    data: {
      ...(progress.pulledTo !== null && { pulledTo: progress.pulledTo }),
      resume: progress.resume ?? Prisma.DbNull,
      items: { increment: items },
      accepted: { increment: accepted },
      duplicates: { increment: duplicates },
      rejected: { increment: rejected },
      lastRunAt: progress.at,
      waitUntil: null,
      ...(ended && { lastOkAt: progress.at, failure: null, failures: 0 }),
    },
  });
  if (ended) await setState(db, connection, ["failing"], "active");
}

/** Where a pull was sent away until later. */
export async function saveWait(db: Db, connection: ConnectionId, until: Date, at: Date): Promise<void> {
  await db.sourceConnection.updateMany({ where: connection, data: { waitUntil: until, lastRunAt: at } });
}

export async function saveFailure(
  db: Db,
  connection: ConnectionId,
  failure: { sentence: string; at: Date; untilFailing: number },
): Promise<void> {
  await db.sourceConnection.updateMany({
    where: connection,
    data: { failure: failure.sentence, lastRunAt: failure.at, failures: { increment: 1 } },
  });
  await db.sourceConnection.updateMany({
    where: { ...connection, state: "active", failures: { gte: failure.untilFailing } },
    data: { state: "failing" },
  });
}

/** Across tenants, as the jobs role: what is to be pulled. */
export async function pullableConnections(db: Db): Promise<ConnectionId[]> {
  return db.sourceConnection.findMany({
    where: { state: { not: "paused" } },
    select: { tenantId: true, id: true },
    orderBy: [{ tenantId: "asc" }, { id: "asc" }],
  });
}
