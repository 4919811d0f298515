import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { exportColumns, type ExportRow, exportRows, ExportRowShape, whole } from "./export-row-query";
import { ExportState } from "./schemas";

/** Every row of a meter in [from, to), held until the transaction ends where it is to be changed. */
export async function exportsBetween(
  db: Db,
  tenantId: string,
  meterId: string,
  range: { from: Date; to: Date; customerId?: string; lock?: true },
): Promise<ExportRow[]> {
  const customer =
    range.customerId === undefined ? Prisma.empty : Prisma.sql`AND customer_id = ${range.customerId}`;
  return exportRows(
    await db.$queryRaw`
    SELECT ${exportColumns} FROM billing_export
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
    SELECT connection_id AS "connectionId", ${exportColumns} FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid FOR UPDATE`;
  return z.array(ExportRowShape.extend({ connectionId: z.string() })).parse(found)[0] ?? null;
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
  return exportRows(
    await db.$queryRaw`
    SELECT ${exportColumns} FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${page.connectionId}::uuid
      ${when(page.meterId, Prisma.sql`AND meter_id = ${page.meterId}::uuid`)}
      ${when(page.accountId, Prisma.sql`AND account_id = ${page.accountId}`)}
      ${when(page.state, Prisma.sql`AND state = ${page.state}`)}
      ${when(page.cursor, Prisma.sql`AND (window_start, id) < (${page.cursor?.windowStart}::timestamptz, ${page.cursor?.id}::uuid)`)}
    ORDER BY window_start DESC, id DESC LIMIT ${page.limit}`,
  );
}

const Old = z.object({
  customerId: z.string(),
  day: z.string(),
  accountIds: z.array(z.string()),
  hours: z.number(),
  value: whole,
});
export type OldUsage = z.infer<typeof Old>;

/** What came too late for the provider, by customer and day of UTC, of windows before an instant; as far as it comes to anything. */
export async function oldUsage(db: Db, tenantId: string, meterId: string, before: Date): Promise<OldUsage[]> {
  const rows = await db.$queryRaw`
    SELECT customer_id AS "customerId", to_char(window_start AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day,
      array_agg(DISTINCT account_id) AS "accountIds", count(DISTINCT (account_id, window_start))::int AS hours, sum(value)::text AS value
    FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND meter_id = ${meterId}::uuid AND state = 'too_old' AND window_start < ${before}::timestamptz
    GROUP BY 1, 2 HAVING sum(value) <> 0 ORDER BY 2, 1`;
  return z.array(Old).parse(rows);
}

/** What the provider accepted of a customer's windows in [from, to). */
export async function acceptedBetween(
  db: Db,
  tenantId: string,
  { meterId, customerId, from, to }: { meterId: string; customerId: string; from: Date; to: Date },
): Promise<bigint> {
  const rows = await db.$queryRaw`
    SELECT coalesce(sum(value), 0)::text AS value FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND meter_id = ${meterId}::uuid AND customer_id = ${customerId}
      AND state IN ('sent', 'confirmed') AND window_start >= ${from}::timestamptz AND window_start < ${to}::timestamptz`;
  return z.tuple([z.object({ value: whole })]).parse(rows)[0].value;
}

/** The first window that was sent and that the provider's sums have not confirmed; null: there is none. */
export async function oldestUnconfirmed(db: Db, tenantId: string, meterId: string): Promise<Date | null> {
  const row = await db.billingExport.findFirst({
    where: { tenantId, meterId, state: "sent" },
    select: { windowStart: true },
    orderBy: { windowStart: "asc" },
  });
  return row?.windowStart ?? null;
}
