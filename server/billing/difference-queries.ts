import { randomUUID } from "node:crypto";
import { z } from "zod";
import type { Db } from "@/server/db";
import type { Finding } from "./classify";
import { DifferenceClass } from "./schemas";

const whole = z
  .string()
  .nullable()
  .transform((text) => (text === null ? null : BigInt(text)));
const Row = z.object({
  id: z.string(),
  meterId: z.string(),
  customerId: z.string(),
  day: z.string(),
  class: DifferenceClass,
  ledger: whole,
  exported: whole,
  billed: whole,
  reason: z.string(),
  owner: z.string().nullable(),
  foundAt: z.date(),
  seenAt: z.date(),
});
export type Difference = z.infer<typeof Row>;

/** What differs now, newest day first. */
export async function openDifferences(db: Db, tenantId: string, connectionId: string): Promise<Difference[]> {
  const rows = await db.$queryRaw`
    SELECT id, meter_id AS "meterId", customer_id AS "customerId", to_char(day, 'YYYY-MM-DD') AS day, class,
      ledger::text AS ledger, exported::text AS exported, billed::text AS billed, reason, owner, found_at AS "foundAt", seen_at AS "seenAt"
    FROM billing_difference
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${connectionId}::uuid AND resolved_at IS NULL
    ORDER BY billing_difference.day DESC, customer_id, class LIMIT 500`;
  return z.array(Row).parse(rows);
}

/**
 * What a look found of a meter since a day, and of usage that came too late ever: new rows, rows that are still true, and
 * rows that are not any more.
 * @param key.owner who sees to it until somebody else does
 */
export async function saveFindings(
  db: Db,
  key: { tenantId: string; connectionId: string; meterId: string; owner: string },
  findings: readonly Finding[],
  { since, now }: { since: string; now: Date },
): Promise<void> {
  const { tenantId, connectionId, meterId, owner } = key;
  for (const { customerId, day, class: name, ledger, exported, billed, reason } of findings)
    await db.$executeRaw`
      INSERT INTO billing_difference (tenant_id, id, connection_id, meter_id, customer_id, day, class, ledger, exported, billed, reason, owner, found_at, seen_at)
      VALUES (${tenantId}::uuid, ${randomUUID()}::uuid, ${connectionId}::uuid, ${meterId}::uuid, ${customerId}, ${day}::date, ${name},
        ${ledger?.toString() ?? null}::numeric, ${exported?.toString() ?? null}::numeric, ${billed?.toString() ?? null}::numeric, ${reason}, ${owner}, ${now}::timestamptz, ${now}::timestamptz)
      ON CONFLICT (tenant_id, meter_id, customer_id, day, class) WHERE resolved_at IS NULL
      DO UPDATE SET ledger = excluded.ledger, exported = excluded.exported, billed = excluded.billed, reason = excluded.reason, seen_at = excluded.seen_at`;
  await db.$executeRaw`
    UPDATE billing_difference SET resolved_at = ${now}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND meter_id = ${meterId}::uuid AND resolved_at IS NULL
      AND (day >= ${since}::date OR (class = 'late' AND ledger IS NOT NULL)) AND seen_at < ${now}::timestamptz`;
}
