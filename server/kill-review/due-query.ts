import { z } from "zod";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";

const Zone = z.object({ tenantId: z.string(), timeZone: z.string() });
const Told = z.object({ tenantId: z.string(), month: z.string() });
const Coming = z.object({ tenantId: z.string() });

/** Across tenants, as the jobs role. */
export async function zonesOfTenants(db: Db): Promise<z.infer<typeof Zone>[]> {
  return z.array(Zone).parse(await db.tenant.findMany({ select: { tenantId: true, timeZone: true } }));
}

/** Across tenants, as the jobs role: whose review of a month from this one on is made and told. */
export async function toldReviews(db: Db, since: LocalDay): Promise<z.infer<typeof Told>[]> {
  const rows = await db.$queryRaw`
    SELECT tenant_id::text AS "tenantId", month::text AS month FROM kill_review
    WHERE month >= ${since}::date AND told_at IS NOT NULL`;
  return z.array(Told).parse(rows);
}

/** Across tenants, as the jobs role: who has a decision in force that is due by a day. */
export async function tenantsWithDecisions(db: Db, until: LocalDay): Promise<string[]> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT "tenantId" FROM (
      SELECT DISTINCT ON (tenant_id, feature) tenant_id::text AS "tenantId", decision, due_on FROM kill_decision
      ORDER BY tenant_id, feature, version DESC
    ) AS newest WHERE due_on <= ${until}::date AND decision <> 'withdrawn'`;
  return z.array(Coming).parse(rows).map(({ tenantId }) => tenantId); // prettier-ignore
}
