import { z } from "zod";
import type { Db } from "@/server/db";
import { Month } from "./schemas";

const Period = z.object({
  month: Month,
  timeZone: z.string(),
  closedAt: z.date(),
  closedBy: z.string(),
  /** Null: of whole days of its zone. */
  from: z.date().nullable(),
  to: z.date().nullable(),
  /** Why it was closed although its exports differed. */
  despite: z.string().nullable(),
});
export type Period = z.infer<typeof Period>;

/** The newest month first. */
export async function listClosed(db: Db, tenantId: string): Promise<Period[]> {
  // As text: a date that becomes an instant on its way is a day early west of Greenwich.
  const rows = await db.$queryRaw`
    SELECT to_char(month, 'YYYY-MM') AS month, time_zone AS "timeZone", closed_at AS "closedAt", closed_by AS "closedBy",
      from_at AS "from", to_at AS "to", despite
    FROM period WHERE tenant_id = ${tenantId}::uuid ORDER BY period.month DESC`;
  return z.array(Period).parse(rows);
}

/** @returns false when the month is closed already */
export async function insertPeriod(db: Db, tenantId: string, period: Period): Promise<boolean> {
  const { month, timeZone, closedAt, closedBy, from, to, despite } = period;
  const inserted = await db.$executeRaw`
    INSERT INTO period (tenant_id, month, time_zone, closed_at, closed_by, from_at, to_at, despite)
    VALUES (${tenantId}::uuid, ${`${month}-01`}::date, ${timeZone}, ${closedAt}::timestamptz, ${closedBy},
      ${from}::timestamptz, ${to}::timestamptz, ${despite})
    ON CONFLICT DO NOTHING`;
  return inserted === 1;
}

export async function deletePeriod(db: Db, tenantId: string, month: Month): Promise<void> {
  await db.$executeRaw`DELETE FROM period WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date`;
}

/**
 * Until the transaction ends, no month is closed and no change of past calls begins: what a run was approved to change in
 * an open month must not meet it closed.
 */
export async function lockBooks(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('books ' || ${tenantId}, 0))`;
}

/** Hours before `to` with calls that are in no roll-up yet. */
export async function waitingHours(db: Db, tenantId: string, to: Date): Promise<number> {
  const rows = await db.$queryRaw`
    SELECT count(DISTINCT hour)::int AS hours FROM rollup_dirty WHERE tenant_id = ${tenantId}::uuid AND hour < ${to}::timestamptz`;
  return z.tuple([z.object({ hours: z.number() })]).parse(rows)[0].hours;
}
