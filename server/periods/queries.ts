import { z } from "zod";
import type { Db } from "@/server/db";
import { Month } from "./schemas";

const Period = z.object({ month: Month, timeZone: z.string(), closedAt: z.date(), closedBy: z.string() });
export type Period = z.infer<typeof Period>;

/** The newest month first. */
export async function listClosed(db: Db, tenantId: string): Promise<Period[]> {
  // As text: a date that becomes an instant on its way is a day early west of Greenwich.
  const rows = await db.$queryRaw`
    SELECT to_char(month, 'YYYY-MM') AS month, time_zone AS "timeZone", closed_at AS "closedAt", closed_by AS "closedBy"
    FROM period WHERE tenant_id = ${tenantId}::uuid ORDER BY period.month DESC`;
  return z.array(Period).parse(rows);
}

/** @returns false when the month is closed already */
export async function insertPeriod(db: Db, tenantId: string, period: Period): Promise<boolean> {
  const { month, timeZone, closedAt, closedBy } = period;
  const inserted = await db.$executeRaw`
    INSERT INTO period (tenant_id, month, time_zone, closed_at, closed_by)
    VALUES (${tenantId}::uuid, ${`${month}-01`}::date, ${timeZone}, ${closedAt}::timestamptz, ${closedBy})
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

/**
 * Until the transaction ends, no month is closed and no change of past calls begins: what a run was approved to change in
 * an open month must not meet it closed.
 */
export async function lockBooks(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('books ' || ${tenantId}, 0))`;
}
