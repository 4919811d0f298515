import { z } from "zod";
import type { Db } from "@/server/db";

const Counts = z.object({ waiting: z.number(), unconfirmed: z.number(), differences: z.number() });

/**
 * Outbox rows of windows in [from, to) that are under way, and open differences of its days of UTC. What came too late for
 * Stripe stays different for ever, so it is not among them.
 */
export async function countMonth(
  db: Db,
  { tenantId, connectionId }: { tenantId: string; connectionId: string },
  { from, to }: { from: Date; to: Date },
) {
  const rows = await db.$queryRaw`
    SELECT count(*) FILTER (WHERE state IN ('pending', 'unknown'))::int AS waiting, count(*) FILTER (WHERE state = 'sent')::int AS unconfirmed,
      (SELECT count(*)::int FROM billing_difference d WHERE d.tenant_id = ${tenantId}::uuid AND d.connection_id = ${connectionId}::uuid
        AND d.resolved_at IS NULL AND d.class <> 'late' AND d.day >= (${from}::timestamptz AT TIME ZONE 'UTC')::date
        AND d.day <= ((${to}::timestamptz - interval '1 microsecond') AT TIME ZONE 'UTC')::date) AS differences
    FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${connectionId}::uuid
      AND window_start >= ${from}::timestamptz AND window_start < ${to}::timestamptz`;
  return z.tuple([Counts]).parse(rows)[0];
}
