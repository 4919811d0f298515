import { z } from "zod";
import { withJobs } from "@/server/db";
import type { Db } from "@/server/db";
import { ConnectionState, Measure, Mode } from "./schemas";

const shown = {
  id: true,
  providerAccount: true,
  name: true,
  mode: true,
  state: true,
  keyTail: true,
  failure: true,
  notBefore: true,
  lastOkAt: true,
  comparedAt: true,
  olderLookedAt: true,
  connectedBy: true,
  connectedAt: true,
  disconnectedAt: true,
} as const;
const Connection = z.object({
  id: z.string(),
  providerAccount: z.string(),
  name: z.string(),
  mode: Mode,
  state: ConnectionState,
  keyTail: z.string(),
  failure: z.string().nullable(),
  notBefore: z.date().nullable(),
  lastOkAt: z.date().nullable(),
  comparedAt: z.date().nullable(),
  olderLookedAt: z.date().nullable(),
  connectedBy: z.string(),
  connectedAt: z.date(),
  disconnectedAt: z.date().nullable(),
});
export type Connection = z.infer<typeof Connection>;
const Sealed = Connection.extend({
  apiKey: z.instanceof(Uint8Array).nullable(),
  webhookSecret: z.instanceof(Uint8Array).nullable(),
});
export type SealedConnection = z.infer<typeof Sealed>;

export interface ConnectionKey {
  tenantId: string;
  id: string;
}

/** The one that is connected; null: none is. */
export async function currentConnection(db: Db, tenantId: string): Promise<SealedConnection | null> {
  const row = await db.billingConnection.findFirst({
    where: { tenantId, state: { not: "disconnected" } },
    select: { ...shown, apiKey: true, webhookSecret: true },
  });
  return row && Sealed.parse(row);
}

/** An account that was connected before, in the same mode. */
export async function knownConnection(
  db: Db,
  tenantId: string,
  account: { providerAccount: string; mode: Mode },
): Promise<Connection | null> {
  const row = await db.billingConnection.findFirst({
    where: { tenantId, provider: "stripe", ...account },
    select: shown,
  });
  return row && Connection.parse(row);
}

/** Holds other changes to the tenant's connection, and other planning, back until the transaction ends. */
export async function lockBilling(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('billing ' || ${tenantId}, 0))`;
}

export interface ConnectionFacts {
  name: string;
  state: ConnectionState;
  apiKey: Buffer<ArrayBuffer> | null;
  keyTail: string;
  webhookSecret: Buffer<ArrayBuffer> | null;
  failure: string | null;
  notBefore: Date | null;
  lastOkAt: Date;
  comparedAt: Date | null;
  connectedBy: string;
  connectedAt: Date;
  disconnectedAt: Date | null;
}

export async function insertConnection(
  db: Db,
  connection: ConnectionKey & { providerAccount: string; mode: Mode } & ConnectionFacts,
): Promise<void> {
  await db.billingConnection.createMany({ data: [{ ...connection, provider: "stripe" }] });
}

export async function changeConnection(
  db: Db,
  { tenantId, id }: ConnectionKey,
  change: Partial<ConnectionFacts>,
): Promise<void> {
  await db.billingConnection.updateMany({ where: { tenantId, id }, data: change });
}

export async function lookedAtOlder(db: Db, { tenantId, id }: ConnectionKey, at: Date): Promise<void> {
  await db.billingConnection.updateMany({ where: { tenantId, id }, data: { olderLookedAt: at } });
}

/** Of all tenants: who has something to bill. */
export async function billingTenants(): Promise<string[]> {
  const rows = await withJobs((db) =>
    db.billingConnection.findMany({
      where: { state: { not: "disconnected" } },
      select: { tenantId: true },
      orderBy: { tenantId: "asc" },
    }),
  );
  return [...new Set(rows.map(({ tenantId }) => tenantId))];
}

const meterColumns = {
  id: true,
  connectionId: true,
  providerMeter: true,
  eventName: true,
  customerKey: true,
  valueKey: true,
  measure: true,
  unitAmount: true,
  startsAt: true,
  createdBy: true,
  createdAt: true,
  endsAt: true,
} as const;
const Meter = z.object({
  id: z.string(),
  connectionId: z.string(),
  providerMeter: z.string(),
  eventName: z.string(),
  customerKey: z.string(),
  valueKey: z.string(),
  measure: Measure,
  unitAmount: z
    .custom<{ toFixed(): string }>()
    .nullable()
    .transform((amount) => amount?.toFixed() ?? null),
  startsAt: z.date(),
  createdBy: z.string(),
  createdAt: z.date(),
  endsAt: z.date().nullable(),
});
export type Meter = z.infer<typeof Meter>;

/** Oldest first, ended ones too: what they billed may still change. */
export async function listMeterRows(db: Db, tenantId: string, connectionId: string): Promise<Meter[]> {
  const rows = await db.billingMeter.findMany({
    where: { tenantId, connectionId },
    select: meterColumns,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return z.array(Meter).parse(rows);
}

export async function findMeter(db: Db, tenantId: string, id: string): Promise<Meter | null> {
  const row = await db.billingMeter.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: meterColumns,
  });
  return row && Meter.parse(row);
}

export async function insertMeter(db: Db, tenantId: string, meter: Omit<Meter, "endsAt">): Promise<void> {
  await db.billingMeter.createMany({ data: [{ tenantId, ...meter }] });
}

export async function endMeterRow(db: Db, tenantId: string, id: string, endsAt: Date): Promise<void> {
  await db.billingMeter.updateMany({ where: { tenantId, id, endsAt: null }, data: { endsAt } });
}

export interface Mapping {
  accountId: string;
  customerId: string;
  name: string;
  mappedBy: string;
  mappedAt: Date;
}

export async function listMappings(db: Db, tenantId: string, connectionId: string): Promise<Mapping[]> {
  return db.billingCustomer.findMany({
    where: { tenantId, connectionId },
    select: { accountId: true, customerId: true, name: true, mappedBy: true, mappedAt: true },
    orderBy: { accountId: "asc" },
  });
}

export async function saveMapping(
  db: Db,
  tenantId: string,
  connectionId: string,
  { accountId, ...facts }: Mapping,
): Promise<void> {
  const key = { tenantId, connectionId, accountId };
  await db.billingCustomer.upsert({
    where: { tenantId_connectionId_accountId: key },
    create: { ...key, ...facts },
    update: facts,
  });
}

/** @returns whether there was one */
export async function deleteMapping(
  db: Db,
  tenantId: string,
  connectionId: string,
  accountId: string,
): Promise<boolean> {
  const { count } = await db.billingCustomer.deleteMany({ where: { tenantId, connectionId, accountId } });
  return count > 0;
}

/** Every day is looked at anew: accounts or meters are others than before. */
export async function forgetDays(db: Db, tenantId: string, connectionId: string): Promise<void> {
  await db.billingDay.deleteMany({ where: { tenantId, connectionId } });
}
