import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { Delta, PlannedHour } from "./plan-deltas";
import type { Settlement } from "./settle-try";
import { ExportState } from "./schemas";

const whole = z.string().transform((text) => BigInt(text));
const Row = z.object({
  id: z.string(),
  meterId: z.string(),
  accountId: z.string(),
  customerId: z.string(),
  windowStart: z.date(),
  revision: z.number(),
  generation: z.number(),
  identifier: z.string(),
  value: whole,
  total: whole,
  state: ExportState,
  attempts: z.number(),
  createdAt: z.date(),
  triedAt: z.date().nullable(),
  unsureSince: z.date().nullable(),
  acceptedAt: z.date().nullable(),
  settledAt: z.date().nullable(),
  failureCode: z.string().nullable(),
  failure: z.string().nullable(),
});
export type ExportRow = z.infer<typeof Row>;
const columns = Prisma.raw(`id, meter_id AS "meterId", account_id AS "accountId", customer_id AS "customerId",
  window_start AS "windowStart", revision, generation, identifier, value::text AS value, total::text AS total, state, attempts,
  created_at AS "createdAt", tried_at AS "triedAt", unsure_since AS "unsureSince", accepted_at AS "acceptedAt",
  settled_at AS "settledAt", failure_code AS "failureCode", failure`);
const rowsOf = (found: unknown) => z.array(Row).parse(found);

const Planned = z.object({
  accountId: z.string(),
  hour: z.date(),
  revision: z.number(),
  total: whole,
  customerId: z.string(),
});

/** The last revision of each account's hour in [from, to). */
export async function plannedHours(
  db: Db,
  tenantId: string,
  meterId: string,
  from: Date,
  to: Date,
): Promise<PlannedHour[]> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT ON (account_id, window_start) account_id AS "accountId", window_start AS hour, revision,
      total::text AS total, customer_id AS "customerId"
    FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND meter_id = ${meterId}::uuid
      AND window_start >= ${from}::timestamptz AND window_start < ${to}::timestamptz
    ORDER BY account_id, window_start, revision DESC`;
  return z.array(Planned).parse(rows);
}

export interface NewExport extends Delta {
  id: string;
  identifier: string;
  state: "pending" | "refused" | "too_old";
  failureCode: string | null;
  failure: string | null;
}

export async function insertExports(
  db: Db,
  tenantId: string,
  { connectionId, meterId, now }: { connectionId: string; meterId: string; now: Date },
  rows: readonly NewExport[],
): Promise<void> {
  if (rows.length === 0) return;
  await db.billingExport.createMany({
    data: rows.map(({ hour, value, total, ...row }) => ({
      ...row,
      tenantId,
      connectionId,
      meterId,
      windowStart: hour,
      value: value.toString(),
      total: total.toString(),
      attempts: 0,
      generation: 0,
      notBefore: now,
      createdAt: now,
      settledAt: row.state === "pending" ? null : now,
    })),
  });
}

export interface Claimed extends ExportRow {
  /** As it was before this try. */
  unsureBefore: Date | null;
}

/**
 * Takes the next row that may be sent, before it is sent: from here on its outcome is unknown until somebody says. Of an
 * hour's revisions the first that is open goes first.
 * @param since a try whose outcome nobody knew before then is not repeated
 */
export async function claimNextExport(
  db: Db,
  tenantId: string,
  connectionId: string,
  { now, until, since }: { now: Date; until: Date; since: Date },
): Promise<Claimed | null> {
  const found = rowsOf(
    await db.$queryRaw`
    SELECT ${columns} FROM billing_export e
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${connectionId}::uuid AND state IN ('pending', 'unknown')
      AND not_before <= ${now}::timestamptz AND (claimed_until IS NULL OR claimed_until < ${now}::timestamptz)
      AND (unsure_since IS NULL OR unsure_since > ${since}::timestamptz)
      AND NOT EXISTS (SELECT FROM billing_export b WHERE b.tenant_id = e.tenant_id AND b.meter_id = e.meter_id
        AND b.account_id = e.account_id AND b.window_start = e.window_start AND b.revision < e.revision
        AND b.state IN ('pending', 'unknown'))
    ORDER BY window_start, revision, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  const [row] = found;
  if (!row) return null;
  await db.$executeRaw`
    UPDATE billing_export SET state = 'unknown', attempts = attempts + 1, tried_at = ${now}::timestamptz,
      claimed_until = ${until}::timestamptz, unsure_since = coalesce(unsure_since, ${now}::timestamptz)
    WHERE tenant_id = ${tenantId}::uuid AND id = ${row.id}::uuid`;
  return { ...row, attempts: row.attempts + 1, triedAt: now, unsureBefore: row.unsureSince };
}

/** Of the try that is meant and no later one: whoever was thought dead changes nothing. */
export async function settleExport(
  db: Db,
  tenantId: string,
  { id, attempts }: { id: string; attempts: number },
  to: Settlement,
  now: Date,
): Promise<void> {
  await db.billingExport.updateMany({
    where: { tenantId, id, attempts, state: "unknown" },
    data: {
      state: to.state,
      unsureSince: to.unsureSince,
      claimedUntil: null,
      failureCode: to.code,
      failure: to.failure,
      ...(to.notBefore && { notBefore: to.notBefore }),
      ...(to.state === "sent" && { acceptedAt: now }),
      ...(to.state === "refused" && { settledAt: now }),
    },
  });
}

/** Rows that wait and have become too old for the provider. @returns how many */
export async function retireOld(
  db: Db,
  tenantId: string,
  connectionId: string,
  before: Date,
  reason: string,
  now: Date,
): Promise<number> {
  const { count } = await db.billingExport.updateMany({
    where: { tenantId, connectionId, state: "pending", windowStart: { lt: before } },
    data: { state: "too_old", failure: reason, settledAt: now },
  });
  return count;
}

/** Rows that may have been delivered, and that nobody may send again before the provider's sums have told. */
export async function undecided(
  db: Db,
  tenantId: string,
  connectionId: string,
  { now, unsureBefore, triedBefore }: { now: Date; unsureBefore: Date; triedBefore: Date },
): Promise<ExportRow[]> {
  return rowsOf(
    await db.$queryRaw`
    SELECT ${columns} FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${connectionId}::uuid AND state = 'unknown'
      AND unsure_since <= ${unsureBefore}::timestamptz AND tried_at <= ${triedBefore}::timestamptz AND not_before <= ${now}::timestamptz
    ORDER BY window_start, id LIMIT 200`,
  );
}

/** Every row of a meter in [from, to), held until the transaction ends where it is to be changed. */
export async function exportsBetween(
  db: Db,
  tenantId: string,
  meterId: string,
  range: { from: Date; to: Date; customerId?: string; lock?: true },
): Promise<ExportRow[]> {
  const customer =
    range.customerId === undefined ? Prisma.empty : Prisma.sql`AND customer_id = ${range.customerId}`;
  return rowsOf(
    await db.$queryRaw`
    SELECT ${columns} FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND meter_id = ${meterId}::uuid
      AND window_start >= ${range.from}::timestamptz AND window_start < ${range.to}::timestamptz ${customer}
    ORDER BY window_start, account_id, revision ${range.lock ? Prisma.sql`FOR UPDATE` : Prisma.empty}`,
  );
}

/** Rows of these ids become another state, if they are still in the one that they were seen in. */
export async function moveExports(
  db: Db,
  tenantId: string,
  ids: readonly string[],
  from: ExportState,
  to: {
    state?: ExportState;
    unsureSince?: null;
    notBefore?: Date;
    failure?: string | null;
    settledAt?: Date;
  },
): Promise<void> {
  if (ids.length === 0) return;
  await db.billingExport.updateMany({ where: { tenantId, id: { in: [...ids] }, state: from }, data: to });
}

/** What the provider says that it refused after it had accepted it. @returns how many rows that were */
export async function refuseExports(
  db: Db,
  tenantId: string,
  connectionId: string,
  identifiers: readonly string[],
  { code, message, now }: { code: string; message: string; now: Date },
): Promise<number> {
  const { count } = await db.billingExport.updateMany({
    where: {
      tenantId,
      connectionId,
      identifier: { in: [...identifiers] },
      state: { in: ["unknown", "sent"] },
    },
    data: {
      state: "refused",
      unsureSince: null,
      claimedUntil: null,
      failureCode: code,
      failure: message,
      settledAt: now,
    },
  });
  return count;
}

export async function findExport(
  db: Db,
  tenantId: string,
  id: string,
): Promise<(ExportRow & { connectionId: string }) | null> {
  const found = await db.$queryRaw`
    SELECT connection_id AS "connectionId", ${columns} FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return z.array(Row.extend({ connectionId: z.string() })).parse(found)[0] ?? null;
}

/** A refused row gets a new name and waits again. */
export async function renewExport(
  db: Db,
  tenantId: string,
  id: string,
  to: { identifier: string; generation: number; now: Date },
): Promise<void> {
  await db.billingExport.updateMany({
    where: { tenantId, id, state: "refused" },
    data: {
      state: "pending",
      identifier: to.identifier,
      generation: to.generation,
      notBefore: to.now,
      failure: null,
      failureCode: null,
      settledAt: null,
    },
  });
}

/** How many rows are in which state. */
export async function countStates(
  db: Db,
  tenantId: string,
  connectionId: string,
): Promise<Partial<Record<ExportState, number>>> {
  const rows = await db.billingExport.groupBy({
    by: ["state"],
    where: { tenantId, connectionId },
    _count: { _all: true },
  });
  return Object.fromEntries(rows.map(({ state, _count }) => [ExportState.parse(state), _count._all]));
}

/** When the next row may be sent; null: none waits. */
export async function nextDue(
  db: Db,
  tenantId: string,
  connectionId: string,
  since: Date,
): Promise<Date | null> {
  const row = await db.billingExport.findFirst({
    where: {
      tenantId,
      connectionId,
      state: { in: ["pending", "unknown"] },
      OR: [{ unsureSince: null }, { unsureSince: { gt: since } }],
    },
    select: { notBefore: true },
    orderBy: { notBefore: "asc" },
  });
  return row?.notBefore ?? null;
}

export interface ExportPage {
  connectionId: string;
  meterId?: string;
  accountId?: string;
  state?: ExportState;
  cursor: { windowStart: Date; id: string } | null;
  limit: number;
}

/** Newest windows first. */
export async function pageOfExports(db: Db, tenantId: string, page: ExportPage): Promise<ExportRow[]> {
  const when = (given: unknown, sql: Prisma.Sql) =>
    given === undefined || given === null ? Prisma.empty : sql;
  return rowsOf(
    await db.$queryRaw`
    SELECT ${columns} FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${page.connectionId}::uuid
      ${when(page.meterId, Prisma.sql`AND meter_id = ${page.meterId}::uuid`)}
      ${when(page.accountId, Prisma.sql`AND account_id = ${page.accountId}`)}
      ${when(page.state, Prisma.sql`AND state = ${page.state}`)}
      ${when(page.cursor, Prisma.sql`AND (window_start, id) < (${page.cursor?.windowStart}::timestamptz, ${page.cursor?.id}::uuid)`)}
    ORDER BY window_start DESC, id DESC LIMIT ${page.limit}`,
  );
}
