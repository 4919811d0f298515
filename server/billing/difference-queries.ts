import { randomUUID } from "node:crypto";
import type { Db } from "@/server/db";
import type { Finding } from "./classify";

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
