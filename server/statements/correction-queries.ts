import { z } from "zod";
import type { Db } from "@/server/db";

const Sum = z.tuple([z.object({ usd: z.string() })]);

/** All corrections ever booked of a month's calls, USD. */
export async function bookedFor(db: Db, tenantId: string, month: string): Promise<string> {
  const rows = await db.$queryRaw`
    SELECT coalesce(sum(delta_usd), 0)::text AS usd FROM call_correction
    WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date`;
  return Sum.parse(rows)[0].usd;
}

/** Those of them that statements in force hold, USD. */
export async function statedCorrections(db: Db, tenantId: string, month: string): Promise<string> {
  const rows = await db.$queryRaw`
    SELECT coalesce(sum(l.cost_usd), 0)::text AS usd FROM statement_line l
    WHERE l.tenant_id = ${tenantId}::uuid AND l.of_month = ${`${month}-01`}::date AND l.kind = 'price'
      AND (l.month, l.revision) IN (SELECT s.month, s.revision FROM statement s WHERE s.tenant_id = l.tenant_id AND s.reopened_at IS NULL)`;
  return Sum.parse(rows)[0].usd;
}
