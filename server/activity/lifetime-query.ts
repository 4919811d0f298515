import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";

const raw = (text: string) => Prisma.raw(text);
const facts = [
  "account_id",
  "first_day",
  "last_day",
  "active_days",
  "calls",
  "events",
  "cost_usd",
  "unpriced_calls",
];
const list = (prefix = "") => raw(facts.map((name) => `${prefix}${name}`).join(", "));
const begin = (grain: string, day: string) => raw(`date_trunc('${grain}', ${day}::timestamp)`);

const Counted = z.tuple([z.object({ users: z.number() })]);

/**
 * Sums the months of the next users that wait. Where a user's first week or month is another than before, the cohorts of
 * every period that he was there wait, too: he was counted in those of another.
 * @returns how many users waited, at most `limit`
 */
export async function replaceLifetimes(db: Db, tenantId: string, limit: number): Promise<number> {
  const rows = await db.$queryRaw`
    WITH batch AS MATERIALIZED (
      DELETE FROM activity_touched WHERE tenant_id = ${tenantId}::uuid AND user_id IN (
        SELECT user_id FROM activity_touched WHERE tenant_id = ${tenantId}::uuid ORDER BY user_id LIMIT ${limit})
      RETURNING user_id
    ), fresh AS MATERIALIZED (
      SELECT b.user_id, coalesce(substr(max(p.period::text || (p.account_id COLLATE "C")) FILTER (WHERE p.account_id <> ''), 11), '') AS account_id,
        min(p.first_day) AS first_day, max(p.last_day) AS last_day, sum(p.active_days)::int AS active_days, sum(p.calls)::bigint AS calls,
        sum(p.events)::bigint AS events, sum(p.cost_usd) AS cost_usd, sum(p.unpriced_calls)::bigint AS unpriced_calls
      FROM batch b JOIN user_period p ON p.tenant_id = ${tenantId}::uuid AND p.user_id = b.user_id AND p.grain = 'month'
      GROUP BY b.user_id
    ), known AS MATERIALIZED (
      SELECT l.* FROM batch b JOIN user_lifetime l ON l.tenant_id = ${tenantId}::uuid AND l.user_id = b.user_id
    ), moved AS (
      SELECT f.user_id FROM fresh f JOIN known k USING (user_id)
      WHERE ${begin("week", "f.first_day")} <> ${begin("week", "k.first_day")}
        OR ${begin("month", "f.first_day")} <> ${begin("month", "k.first_day")}
    ), marked AS (
      INSERT INTO activity_pending (tenant_id, stage, grain, period)
      SELECT DISTINCT ${tenantId}::uuid, 'cohorts', p.grain, p.period
      FROM moved m JOIN user_period p ON p.tenant_id = ${tenantId}::uuid AND p.user_id = m.user_id
      ON CONFLICT DO NOTHING
    ), gone AS (
      DELETE FROM user_lifetime WHERE tenant_id = ${tenantId}::uuid
        AND user_id IN (SELECT user_id FROM batch EXCEPT SELECT user_id FROM fresh)
    ), put AS (
      INSERT INTO user_lifetime (tenant_id, user_id, ${list()})
      SELECT ${tenantId}::uuid, f.user_id, ${list("f.")} FROM fresh f LEFT JOIN known k USING (user_id)
      WHERE (${list("f.")}) IS DISTINCT FROM (${list("k.")})
      ON CONFLICT (tenant_id, user_id) DO UPDATE SET (${list()}) = ROW (${list("excluded.")})
    )
    SELECT count(*)::int AS users FROM batch`;
  return Counted.parse(rows)[0].users;
}
