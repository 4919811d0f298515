import { z } from "zod";
import type { Db } from "@/server/db";
import { Blocker, Month } from "./schemas";

const Closing = z.object({
  month: Month,
  requestedAt: z.date(),
  requestedBy: z.string(),
  checkedAt: z.date(),
  waitsFor: z.array(Blocker),
  /** Not null: it is closed, and whoever takes reports is still to be told. */
  closedAt: z.date().nullable(),
  /** Why it is to be closed although its exports differ; null: it waits for them. */
  despite: z.string().nullable(),
});
export type Closing = z.infer<typeof Closing>;

/** The oldest month first. */
export async function listClosings(db: Db, tenantId: string): Promise<Closing[]> {
  const rows = await db.$queryRaw`
    SELECT to_char(month, 'YYYY-MM') AS month, requested_at AS "requestedAt", requested_by AS "requestedBy",
      checked_at AS "checkedAt", waits_for AS "waitsFor", closed_at AS "closedAt", despite
    FROM period_closing WHERE tenant_id = ${tenantId}::uuid ORDER BY period_closing.month`;
  return z.array(Closing).parse(rows);
}

/** Whoever asked first stays the one who asked. @returns whether it is new */
export async function saveClosing(db: Db, tenantId: string, closing: Closing): Promise<boolean> {
  const { month, requestedAt, requestedBy, checkedAt, waitsFor, despite } = closing;
  const rows = await db.$queryRaw`
    INSERT INTO period_closing (tenant_id, month, requested_at, requested_by, checked_at, waits_for, despite)
    VALUES (${tenantId}::uuid, ${`${month}-01`}::date, ${requestedAt}::timestamptz, ${requestedBy}, ${checkedAt}::timestamptz,
      ${JSON.stringify(waitsFor)}::jsonb, ${despite})
    ON CONFLICT (tenant_id, month) DO UPDATE SET checked_at = excluded.checked_at, waits_for = excluded.waits_for,
      despite = coalesce(excluded.despite, period_closing.despite)
    RETURNING (xmax = 0) AS "isNew"`;
  return z.tuple([z.object({ isNew: z.boolean() })]).parse(rows)[0].isNew;
}

/** For the job that has closed it: the row stays until whoever takes reports was told. */
export async function noteClosed(db: Db, tenantId: string, month: Month, at: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE period_closing SET closed_at = ${at}::timestamptz, checked_at = ${at}::timestamptz, waits_for = '[]'
    WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date`;
}

/** @returns whether there was one */
export async function deleteClosing(db: Db, tenantId: string, month: Month): Promise<boolean> {
  const deleted = await db.$executeRaw`
    DELETE FROM period_closing WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date`;
  return deleted > 0;
}

/** Whoever takes reports was told of the month that the job closed; it may wait to be closed again by now. */
export async function deleteTold(db: Db, tenantId: string, month: Month): Promise<void> {
  await db.$executeRaw`
    DELETE FROM period_closing
    WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date AND closed_at IS NOT NULL`;
}

/** Across tenants, as the jobs role: who has a month that waits? */
export async function tenantsWithClosings(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ tenant_id: string }[]>`
    SELECT DISTINCT tenant_id FROM period_closing ORDER BY tenant_id`;
  return rows.map((row) => row.tenant_id);
}
