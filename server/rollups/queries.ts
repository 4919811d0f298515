import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { inDays } from "./days-query";
import type { Run } from "./runs";
import {
  isWholeCall,
  measureNames,
  measures,
  rollUpShape,
  slotOf,
  userDimensions,
  workDimensions,
} from "./shape";

const sql = (text: string) => Prisma.raw(text);
const list = (names: readonly string[]) => sql(names.join(", "));
/** Ledger columns as roll-up columns: no tag is ''. */
const tagsOf = (names: readonly string[]) =>
  names.map((name) => `coalesce(c.${name}, '') AS ${name}`).join(", ");
const measuresFromCalls = measureNames.map((name) => `${measures[name]} AS ${name}`).join(", ");
const measuresFromSlots = measureNames.map((name) => `sum(${name}) AS ${name}`).join(", ");
const ordinals = (count: number, from = 1) =>
  Array.from({ length: count }, (_, i) => String(i + from)).join(", ");

/** Only one roll-up of a tenant at a time; false when another has it. */
export async function lockTenant(db: Db, tenantId: string): Promise<boolean> {
  const rows = await db.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('rollup ' || ${tenantId}, 0)) AS locked`;
  return rows[0]?.locked ?? false;
}

/** The same, once the other is done. */
export async function waitForTenant(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rollup ' || ${tenantId}, 0))`;
}

/**
 * Takes the marks of the newest dirty hours. They are gone when this transaction commits, together with what was
 * recomputed; a mark that is committed meanwhile stays for the next run.
 */
export async function takeMarks(db: Db, tenantId: string, maxHours: number): Promise<Date[]> {
  const rows = await db.$queryRaw<{ hour: Date }[]>`
    WITH hours AS (
      SELECT DISTINCT hour FROM rollup_dirty WHERE tenant_id = ${tenantId}::uuid ORDER BY hour DESC LIMIT ${maxHours}
    ), taken AS (
      DELETE FROM rollup_dirty d USING hours h WHERE d.tenant_id = ${tenantId}::uuid AND d.hour = h.hour RETURNING d.hour
    )
    SELECT DISTINCT hour FROM taken ORDER BY hour`;
  return rows.map((row) => row.hour);
}

const hoursOf = (hours: readonly Date[]) =>
  Prisma.sql`${hours.map((hour) => hour.toISOString())}::timestamptz[]`;

/** Recomputes the quarter hours of [from, to) from the ledger. */
export async function replaceSlots(db: Db, tenantId: string, from: Date, to: Date): Promise<void> {
  await db.$executeRaw`
    DELETE FROM rollup_slot
    WHERE tenant_id = ${tenantId}::uuid AND slot >= ${from}::timestamptz AND slot < ${to}::timestamptz`;
  await db.$executeRaw`
    INSERT INTO rollup_slot (tenant_id, slot, n, ${list(workDimensions)}, ${list(measureNames)})
    SELECT ${tenantId}::uuid, slot, row_number() OVER (PARTITION BY slot), ${list(workDimensions)}, ${list(measureNames)}
    FROM (
      SELECT ${sql(slotOf("c.occurred_at"))} AS slot, ${sql(tagsOf(workDimensions))}, ${sql(measuresFromCalls)}
      FROM call c
      WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at >= ${from}::timestamptz AND c.occurred_at < ${to}::timestamptz
      GROUP BY ${sql(ordinals(workDimensions.length + 1))}
    ) AS grouped`;
}

/** Days of the zone that these hours touch: an hour may lie in two. */
export async function daysOf(db: Db, timeZone: string, hours: readonly Date[]): Promise<string[]> {
  const rows = await db.$queryRaw<{ day: string }[]>`
    SELECT DISTINCT to_char((h.hour + q.quarter * interval '15 minutes') AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day
    FROM unnest(${hoursOf(hours)}) AS h(hour), generate_series(0, 3) AS q(quarter) ORDER BY 1`;
  return rows.map((row) => row.day);
}

/** The newest slot before an instant; null: there is none. */
export async function newestSlot(db: Db, tenantId: string, before: Date | null): Promise<Date | null> {
  const rows = await db.$queryRaw<{ slot: Date | null }[]>`
    SELECT max(slot) AS slot FROM rollup_slot
    WHERE tenant_id = ${tenantId}::uuid AND slot < coalesce(${before}::timestamptz, 'infinity')`;
  return rows[0]?.slot ?? null;
}

/** Local days with calls in [from, to). */
export async function daysWithSlots(
  db: Db,
  tenantId: string,
  timeZone: string,
  from: Date,
  to: Date,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ day: string }[]>`
    SELECT DISTINCT to_char(slot AT TIME ZONE ${timeZone}, 'YYYY-MM-DD') AS day FROM rollup_slot
    WHERE tenant_id = ${tenantId}::uuid AND slot >= ${from}::timestamptz AND slot < ${to}::timestamptz ORDER BY 1`;
  return rows.map((row) => row.day);
}

export async function deleteAllDays(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_day WHERE tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`DELETE FROM rollup_user_day WHERE tenant_id = ${tenantId}::uuid`;
}

/** Sums these days from their slots: a team's rows beside each other, so that they are read together. */
export async function replaceDays(
  db: Db,
  tenantId: string,
  timeZone: string,
  days: Run<string>,
): Promise<void> {
  await db.$executeRaw`
    DELETE FROM rollup_day WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  await db.$executeRaw`
    INSERT INTO rollup_day (tenant_id, day, n, ${list(workDimensions)}, ${list(measureNames)})
    SELECT ${tenantId}::uuid, day, row_number() OVER (PARTITION BY day ORDER BY team, feature, ${list(workDimensions)}), ${list(workDimensions)}, ${list(measureNames)}
    FROM (
      SELECT (s.slot AT TIME ZONE ${timeZone})::date AS day, ${list(workDimensions)}, ${sql(measuresFromSlots)}
      FROM rollup_slot s WHERE s.tenant_id = ${tenantId}::uuid AND ${inDays("s.slot", timeZone, days)}
      GROUP BY ${sql(ordinals(workDimensions.length + 1))}
    ) AS grouped`;
}

/** Sums these days by user, from the ledger: one user's rows beside each other, so that they are read together. */
export async function replaceUserDays(
  db: Db,
  tenantId: string,
  timeZone: string,
  days: Run<string>,
): Promise<void> {
  await db.$executeRaw`
    DELETE FROM rollup_user_day WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  await db.$executeRaw`
    INSERT INTO rollup_user_day (tenant_id, day, n, ${list(userDimensions)}, ${list(measureNames)})
    SELECT ${tenantId}::uuid, day, row_number() OVER (PARTITION BY day ORDER BY ${list(userDimensions)}), ${list(userDimensions)}, ${list(measureNames)}
    FROM (
      SELECT (c.occurred_at AT TIME ZONE ${timeZone})::date AS day, ${sql(tagsOf(userDimensions))}, ${sql(measuresFromCalls)}
      FROM call c WHERE c.tenant_id = ${tenantId}::uuid AND ${inDays("c.occurred_at", timeZone, days)}
      GROUP BY ${sql(ordinals(userDimensions.length + 1))}
    ) AS grouped`;
}

/** What the roll-ups of days are made of, and how far they are. */
export interface RollUpState {
  /** The zone that the days were cut in. */
  timeZone: string;
  rolledAt: Date;
  shape: number;
  /** First day of the first month that is not in the roll-ups of months; null: none is. */
  monthsTo: string | null;
  /** Wide blocks that end before this day are summed (./blocks.ts); null: none is. */
  blocksTo: string | null;
  /** Recent days of people are summed as of this day's beginning (./recent-days.ts); null: they are not. */
  recentTo: string | null;
  /** When that was last begun; null: never. */
  recentAt: Date | null;
  /** Days before this one wait to be built anew; null: none does. */
  rebuildTo: string | null;
}

const dayOf = (date: Date | null) => date && date.toISOString().slice(0, 10);
const dateOf = (day: string | null) => (day === null ? null : new Date(`${day}T00:00:00Z`));

export async function rollupState(db: Db, tenantId: string): Promise<RollUpState | null> {
  const state = await db.rollupState.findUnique({
    where: { tenantId },
    select: {
      timeZone: true,
      rolledAt: true,
      shape: true,
      monthsTo: true,
      blocksTo: true,
      recentTo: true,
      recentAt: true,
      rebuildTo: true,
    },
  });
  return (
    state && {
      ...state,
      monthsTo: dayOf(state.monthsTo),
      blocksTo: dayOf(state.blocksTo),
      recentTo: dayOf(state.recentTo),
      rebuildTo: dayOf(state.rebuildTo),
    }
  );
}

export async function saveState(
  db: Db,
  tenantId: string,
  state: Omit<RollUpState, "recentAt">,
): Promise<void> {
  const row = {
    ...state,
    monthsTo: dateOf(state.monthsTo),
    blocksTo: dateOf(state.blocksTo),
    recentTo: dateOf(state.recentTo),
    rebuildTo: dateOf(state.rebuildTo),
  };
  await db.rollupState.upsert({ where: { tenantId }, create: { tenantId, ...row }, update: row });
}

/** What the watermark is made of. */
export async function pendingMarks(
  db: Db,
  tenantId: string,
): Promise<{ oldestMarkedAt: Date | null; hours: number }> {
  const rows = await db.$queryRaw<{ oldest: Date | null; hours: number }[]>`
    SELECT min(marked_at) AS oldest, count(DISTINCT hour)::int AS hours FROM rollup_dirty WHERE tenant_id = ${tenantId}::uuid`;
  return { oldestMarkedAt: rows[0]?.oldest ?? null, hours: rows[0]?.hours ?? 0 };
}

/** Across tenants, as the jobs role: who has marks, calls to settle, or days of another zone than its own? */
export async function tenantsWithWork(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ tenant_id: string }[]>`
    SELECT DISTINCT tenant_id FROM rollup_dirty JOIN tenant USING (tenant_id)
    UNION SELECT tenant_id FROM settle_mark JOIN tenant USING (tenant_id)
    UNION SELECT tenant_id FROM rollup_state JOIN tenant USING (tenant_id) 
      WHERE rollup_state.time_zone <> tenant.time_zone OR rollup_state.shape <> ${rollUpShape} OR rollup_state.rebuild_to IS NOT NULL`;
  return rows.map((row) => row.tenant_id);
}

export async function allTenants(db: Db): Promise<string[]> {
  const rows = await db.tenant.findMany({ select: { tenantId: true }, orderBy: { tenantId: "asc" } });
  return rows.map((row) => row.tenantId);
}

/** Hours whose slots differ from the ledger, looked for among `hours` hours before `until`. */
export async function driftedHours(db: Db, tenantId: string, from: Date, until: Date): Promise<Date[]> {
  const rows = await db.$queryRaw<{ hour: Date }[]>`
    SELECT coalesce(r.hour, s.hour) AS hour
    FROM (SELECT date_trunc('hour', occurred_at, 'UTC') AS hour, count(*) FILTER (WHERE ${sql(isWholeCall)}) AS calls, sum(cost_usd) AS cost FROM call
          WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at < ${until}::timestamptz GROUP BY 1) AS r
    FULL JOIN (SELECT date_trunc('hour', slot, 'UTC') AS hour, sum(calls) AS calls, sum(cost_usd) AS cost FROM rollup_slot
          WHERE tenant_id = ${tenantId}::uuid AND slot >= ${from}::timestamptz AND slot < ${until}::timestamptz GROUP BY 1) AS s USING (hour)
    WHERE r.calls IS DISTINCT FROM s.calls OR coalesce(r.cost, 0) IS DISTINCT FROM coalesce(s.cost, 0)`;
  return rows.map((row) => row.hour);
}

export async function markHours(db: Db, tenantId: string, hours: readonly Date[]): Promise<void> {
  await db.$executeRaw`INSERT INTO rollup_dirty (tenant_id, hour) SELECT ${tenantId}::uuid, h FROM unnest(${hoursOf(hours)}) AS h`;
}
