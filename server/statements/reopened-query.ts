import { z } from "zod";
import type { Db } from "@/server/db";

/** @returns the revision that was in force; null where the month had no statement (closed by an earlier release) */
export async function noteReopened(
  db: Db,
  tenantId: string,
  { month, at, by, reason }: { month: string; at: Date; by: string; reason: string },
): Promise<number | null> {
  const rows = await db.$queryRaw`
    UPDATE statement SET reopened_at = ${at}::timestamptz, reopened_by = ${by}, reopen_reason = ${reason}
    WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date AND reopened_at IS NULL RETURNING revision`;
  return z.array(z.object({ revision: z.number() })).parse(rows)[0]?.revision ?? null;
}

/** When a month was opened again last. */
export async function lastReopened(db: Db, tenantId: string): Promise<Date | null> {
  const rows =
    await db.$queryRaw`SELECT max(reopened_at) AS at FROM statement WHERE tenant_id = ${tenantId}::uuid`;
  return z.tuple([z.object({ at: z.date().nullable() })]).parse(rows)[0].at;
}
