import type { Db } from "@/server/db";

/** Grows when a table of activity changes its meaning: periods told with another number are told anew. */
export const activityShape = 2;

export interface ActivityState {
  timeZone: string;
  shape: number;
  refreshedAt: Date;
}

export function activityState(db: Db, tenantId: string): Promise<ActivityState | null> {
  return db.activityState.findUnique({
    where: { tenantId },
    select: { timeZone: true, shape: true, refreshedAt: true },
  });
}

export async function saveState(db: Db, tenantId: string, state: ActivityState): Promise<void> {
  await db.activityState.upsert({ where: { tenantId }, create: { tenantId, ...state }, update: state });
}

/** Across tenants, as the jobs role: who has days to be told anew, or was never told of? */
export async function tenantsWithWork(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ tenant_id: string }[]>`
    SELECT DISTINCT tenant_id FROM activity_dirty JOIN tenant USING (tenant_id)
    UNION SELECT DISTINCT tenant_id FROM activity_pending JOIN tenant USING (tenant_id)
    UNION SELECT tenant_id FROM tenant LEFT JOIN activity_state s USING (tenant_id)
      WHERE (s.time_zone, s.shape) IS DISTINCT FROM (tenant.time_zone, ${activityShape})`;
  return rows.map((row) => row.tenant_id);
}
