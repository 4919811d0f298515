import { arrayLiteral } from "@/server/calls/array-literal";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import type { Run } from "@/server/rollups/runs";

/** Has the activity of these days told anew, once this transaction has committed. Only ever appends. */
export async function markDays(db: Db, tenantId: string, { first, last }: Run<LocalDay>): Promise<void> {
  await db.$executeRaw`
    INSERT INTO activity_dirty (tenant_id, day)
    SELECT ${tenantId}::uuid, day::date FROM generate_series(${first}::date, ${last}::date, interval '1 day') AS day`;
}

/** The same for the local days of these instants, by the zone that the tenant has now. */
export async function markInstants(
  db: Db,
  tenantId: string,
  instants: readonly (Date | string)[],
): Promise<void> {
  const texts = arrayLiteral(instants, (instant) =>
    typeof instant === "string" ? instant : instant.toISOString(),
  );
  await db.$executeRaw`
    INSERT INTO activity_dirty (tenant_id, day)
    SELECT DISTINCT t.tenant_id, (told.at AT TIME ZONE t.time_zone)::date
    FROM tenant t, unnest(${texts}::timestamptz[]) AS told(at) WHERE t.tenant_id = ${tenantId}::uuid`;
}

/** The same for every day of [from, to), and one around it. */
export async function markStretch(db: Db, tenantId: string, from: Date, to: Date): Promise<void> {
  await db.$executeRaw`
    INSERT INTO activity_dirty (tenant_id, day)
    SELECT t.tenant_id, day::date
    FROM tenant t, generate_series((${from}::timestamptz AT TIME ZONE t.time_zone)::date - 1,
      (${to}::timestamptz AT TIME ZONE t.time_zone)::date + 1, interval '1 day') AS day
    WHERE t.tenant_id = ${tenantId}::uuid`;
}

/**
 * The periods in which one of these people, or accounts, is said to have been there. Waits for a refresh under way, which
 * might be about to say it again.
 */
export async function markPeople(db: Db, tenantId: string, ids: readonly string[]): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('activity ' || ${tenantId}, 0))`;
  await db.$executeRaw`
    INSERT INTO activity_dirty (tenant_id, day)
    SELECT DISTINCT tenant_id, first_day FROM user_period
    WHERE tenant_id = ${tenantId}::uuid AND (user_id = ANY (${[...ids]}::text[]) OR account_id = ANY (${[...ids]}::text[]))`;
}
