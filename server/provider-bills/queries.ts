import { z } from "zod";
import type { Db } from "@/server/db";
import { type BillSettings, ConnectionState, ReportProvider } from "./schemas";

export interface ConnectionId {
  tenantId: string;
  id: string;
}

const shown = {
  id: true,
  provider: true,
  name: true,
  baseUrl: true,
  settings: true,
  state: true,
  lastRunAt: true,
  lastOkAt: true,
  failure: true,
  failures: true,
  waitUntil: true,
  createdBy: true,
  createdAt: true,
} as const;

const Connection = z.object({
  id: z.string(),
  provider: ReportProvider,
  name: z.string(),
  baseUrl: z.string(),
  settings: z.unknown(),
  state: ConnectionState,
  lastRunAt: z.date().nullable(),
  lastOkAt: z.date().nullable(),
  failure: z.string().nullable(),
  failures: z.number(),
  waitUntil: z.date().nullable(),
  createdBy: z.string(),
  createdAt: z.date(),
});
export type BillConnection = z.infer<typeof Connection>;

const Readable = Connection.extend({ credentials: z.instanceof(Uint8Array) });
export type ReadableConnection = z.infer<typeof Readable>;

/** Newest first. */
export async function listBillConnections(db: Db, tenantId: string): Promise<BillConnection[]> {
  const rows = await db.billConnection.findMany({
    where: { tenantId },
    select: shown,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return z.array(Connection).parse(rows);
}

export async function findBillConnection(db: Db, connection: ConnectionId): Promise<BillConnection | null> {
  const row = await db.billConnection.findUnique({ where: { tenantId_id: connection }, select: shown });
  return row && Connection.parse(row);
}

/** With its sealed key. */
export async function findReadable(db: Db, connection: ConnectionId): Promise<ReadableConnection | null> {
  const row = await db.billConnection.findUnique({
    where: { tenantId_id: connection },
    select: { ...shown, credentials: true },
  });
  return row && Readable.parse(row);
}

/** Holds other additions of the tenant back until this transaction ends, so that the limit holds. */
export async function countConnectionsLocked(db: Db, tenantId: string): Promise<number> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('bill connections ' || ${tenantId}, 0))`;
  return db.billConnection.count({ where: { tenantId } });
}

export interface NewConnection extends ConnectionId {
  provider: ReportProvider;
  name: string;
  baseUrl: string;
  credentials: Buffer<ArrayBuffer>;
  settings: BillSettings;
  createdBy: string;
  createdAt: Date;
}

export async function insertBillConnection(db: Db, connection: NewConnection): Promise<void> {
  await db.billConnection.createMany({ data: [{ ...connection, state: "active" }] });
}

/** @returns the row as it was; null if it is absent or another tenant's */
export async function deleteBillConnection(db: Db, connection: ConnectionId): Promise<BillConnection | null> {
  const found = await findBillConnection(db, connection);
  if (found) await db.billConnection.deleteMany({ where: connection });
  return found;
}

/** @returns whether it changed */
export async function setState(
  db: Db,
  connection: ConnectionId,
  from: readonly ConnectionState[],
  to: ConnectionState,
): Promise<boolean> {
  const { count } = await db.billConnection.updateMany({
    where: { ...connection, state: { in: [...from] } },
    data: { state: to },
  });
  return count > 0;
}

/** A read came to its end: what failed before is forgotten; a pause stays a pause. */
export async function saveSuccess(db: Db, connection: ConnectionId, at: Date): Promise<void> {
  const data = { lastRunAt: at, lastOkAt: at, failure: null, failures: 0, waitUntil: null };
  await db.billConnection.updateMany({ where: connection, data });
  await setState(db, connection, ["failing"], "active");
}

/** Where a read was sent away until later. */
export async function saveWait(db: Db, connection: ConnectionId, until: Date, at: Date): Promise<void> {
  await db.billConnection.updateMany({ where: connection, data: { waitUntil: until, lastRunAt: at } });
}

export async function saveFailure(
  db: Db,
  connection: ConnectionId,
  failure: { sentence: string; at: Date; untilFailing: number },
): Promise<void> {
  await db.billConnection.updateMany({
    where: connection,
    data: { failure: failure.sentence, lastRunAt: failure.at, failures: { increment: 1 } },
  });
  await db.billConnection.updateMany({
    where: { ...connection, state: "active", failures: { gte: failure.untilFailing } },
    data: { state: "failing" },
  });
}

/** Across tenants, as the jobs role: what is to be read. */
export async function readableConnections(db: Db): Promise<ConnectionId[]> {
  return db.billConnection.findMany({
    where: { state: { not: "paused" } },
    select: { tenantId: true, id: true },
    orderBy: [{ tenantId: "asc" }, { id: "asc" }],
  });
}
