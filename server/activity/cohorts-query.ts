import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { Period } from "./work-query";

const raw = (text: string) => Prisma.raw(text);
const facts = ["active_users", "calls", "events", "cost_usd", "unpriced_calls"];
const list = (prefix = "") => raw(facts.map((name) => `${prefix}${name}`).join(", "));

/** Counts the users of a period anew by when they were first there. Who left stays as it is: see `settleLast`. */
export async function replaceCohorts(db: Db, tenantId: string, { grain, period }: Period): Promise<void> {
  const ofPeriod = (table: string) =>
    Prisma.sql`${raw(table)}.tenant_id = ${tenantId}::uuid AND ${raw(table)}.grain = ${grain} AND ${raw(table)}.period = ${period}::date`;
  await db.$executeRaw`
    WITH fresh AS MATERIALIZED (
      SELECT date_trunc(${grain}, l.first_day::timestamp)::date AS cohort, count(*) AS active_users, sum(p.calls)::bigint AS calls,
        sum(p.events)::bigint AS events, sum(p.cost_usd) AS cost_usd, sum(p.unpriced_calls)::bigint AS unpriced_calls
      FROM user_period p JOIN user_lifetime l ON l.tenant_id = p.tenant_id AND l.user_id = p.user_id
      WHERE ${ofPeriod("p")} GROUP BY 1
    ), gone AS (
      DELETE FROM cohort_cell t WHERE ${ofPeriod("t")} AND t.cohort NOT IN (SELECT cohort FROM fresh)
    )
    INSERT INTO cohort_cell (tenant_id, grain, period, cohort, ${list()}, last_users, last_cost_usd)
    SELECT ${tenantId}::uuid, ${grain}, ${period}::date, f.cohort, ${list("f.")}, 0, 0 FROM fresh f
    ON CONFLICT (tenant_id, grain, cohort, period) DO UPDATE SET (${list()}) = ROW (${list("excluded.")})`;
}

/**
 * Who was there for the last time, by day and in every cell: somebody who comes today was last there in a period that nobody
 * marked.
 */
export async function settleLast(db: Db, tenantId: string): Promise<void> {
  const ofTenant = Prisma.sql`tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`
    WITH days AS (
      SELECT first_day, last_day, count(*) AS users, sum(cost_usd) AS cost_usd FROM user_lifetime
      WHERE ${ofTenant} GROUP BY first_day, last_day
    ), fresh AS MATERIALIZED (
      SELECT grain, date_trunc(grain, first_day::timestamp)::date AS cohort, last_day, sum(users)::bigint AS users,
        sum(cost_usd) AS cost_usd
      FROM days, unnest(ARRAY['week', 'month']) AS grain GROUP BY 1, 2, 3
    ), gone AS (
      DELETE FROM cohort_last_day t WHERE ${ofTenant}
        AND NOT EXISTS (SELECT FROM fresh f WHERE (f.grain, f.cohort, f.last_day) = (t.grain, t.cohort, t.last_day))
    )
    INSERT INTO cohort_last_day (tenant_id, grain, cohort, last_day, users, cost_usd)
    SELECT ${tenantId}::uuid, f.grain, f.cohort, f.last_day, f.users, f.cost_usd
    FROM fresh f LEFT JOIN cohort_last_day t
      ON t.tenant_id = ${tenantId}::uuid AND (t.grain, t.cohort, t.last_day) = (f.grain, f.cohort, f.last_day)
    WHERE (t.users, t.cost_usd) IS DISTINCT FROM (f.users, f.cost_usd)
    ON CONFLICT (tenant_id, grain, last_day, cohort) DO UPDATE SET users = excluded.users, cost_usd = excluded.cost_usd`;
  await db.$executeRaw`
    WITH last AS (
      SELECT grain, cohort, date_trunc(grain, last_day::timestamp)::date AS period, sum(users)::bigint AS users, sum(cost_usd) AS cost_usd
      FROM cohort_last_day WHERE ${ofTenant} GROUP BY 1, 2, 3
    ), other AS (
      SELECT c.grain, c.cohort, c.period, coalesce(l.users, 0) AS users, coalesce(l.cost_usd, 0) AS cost_usd
      FROM cohort_cell c LEFT JOIN last l ON (l.grain, l.cohort, l.period) = (c.grain, c.cohort, c.period)
      WHERE c.tenant_id = ${tenantId}::uuid AND (c.last_users, c.last_cost_usd) IS DISTINCT FROM (coalesce(l.users, 0), coalesce(l.cost_usd, 0))
    )
    UPDATE cohort_cell c SET last_users = o.users, last_cost_usd = o.cost_usd FROM other o
    WHERE c.tenant_id = ${tenantId}::uuid AND c.grain = o.grain AND c.cohort = o.cohort AND c.period = o.period`;
}
