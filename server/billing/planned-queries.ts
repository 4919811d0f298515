import { z } from "zod";
import type { Db } from "@/server/db";
import { whole } from "./export-row-query";
import type { Delta, PlannedHour } from "./plan-deltas";

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
