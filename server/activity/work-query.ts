import type { LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import type { Grain } from "./schemas";

/** What a week or month waits for: to have its users counted, or, once all users are, its cohorts. */
export type Stage = "users" | "cohorts";

export interface Period {
  grain: Grain;
  period: LocalDay;
}

/** Only one refresh of a tenant at a time; false when another has it. */
export async function lockActivity(db: Db, tenantId: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('activity ' || ${tenantId}, 0)) AS locked`;
  return rows[0]?.locked ?? false;
}

/** Turns marked days into the weeks and months that wait. A mark that is committed meanwhile stays. */
export async function takeMarks(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`
    WITH taken AS (DELETE FROM activity_dirty WHERE tenant_id = ${tenantId}::uuid RETURNING day)
    INSERT INTO activity_pending (tenant_id, stage, grain, period)
    SELECT DISTINCT ${tenantId}::uuid, 'users', grain, date_trunc(grain, day::timestamp)::date
    FROM taken, unnest(ARRAY['week', 'month']) AS grain
    ON CONFLICT DO NOTHING`;
}

/** Every period that there is something of, or was. */
export async function awaitEverything(db: Db, tenantId: string, timeZone: string): Promise<void> {
  await db.$executeRaw`
    INSERT INTO activity_pending (tenant_id, stage, grain, period)
    SELECT ${tenantId}::uuid, 'users', grain, date_trunc(grain, day::timestamp)::date
    FROM (SELECT day FROM rollup_day_by WHERE tenant_id = ${tenantId}::uuid AND dimension = 'all'
      UNION SELECT (occurred_at AT TIME ZONE ${timeZone})::date FROM usage_event WHERE tenant_id = ${tenantId}::uuid) AS days,
      unnest(ARRAY['week', 'month']) AS grain
    UNION SELECT tenant_id, 'users', grain, period FROM user_period WHERE tenant_id = ${tenantId}::uuid
    UNION SELECT tenant_id, 'users', grain, period FROM feature_period WHERE tenant_id = ${tenantId}::uuid
    UNION SELECT tenant_id, 'users', grain, period FROM feature_event_period WHERE tenant_id = ${tenantId}::uuid
    UNION SELECT tenant_id, 'users', grain, period FROM cohort_cell WHERE tenant_id = ${tenantId}::uuid
    ON CONFLICT DO NOTHING`;
}

/** The newest that wait. */
export async function nextPeriods(db: Db, tenantId: string, stage: Stage, limit: number): Promise<Period[]> {
  return db.$queryRaw<Period[]>`
    SELECT grain, to_char(period, 'YYYY-MM-DD') AS period FROM activity_pending
    WHERE tenant_id = ${tenantId}::uuid AND stage = ${stage} ORDER BY activity_pending.period DESC, grain LIMIT ${limit}`;
}

export async function awaitCohorts(db: Db, tenantId: string, { grain, period }: Period): Promise<void> {
  await db.$executeRaw`
    INSERT INTO activity_pending (tenant_id, stage, grain, period)
    VALUES (${tenantId}::uuid, 'cohorts', ${grain}, ${period}::date) ON CONFLICT DO NOTHING`;
}

export async function done(db: Db, tenantId: string, stage: Stage, { grain, period }: Period): Promise<void> {
  await db.$executeRaw`
    DELETE FROM activity_pending
    WHERE tenant_id = ${tenantId}::uuid AND stage = ${stage} AND grain = ${grain} AND period = ${period}::date`;
}
