import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { inDays } from "@/server/rollups/days-query";
import { daysOfPeriod } from "./periods";
import type { Period } from "./work-query";

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

/**
 * Counts the users of a week or month anew. Rows that are as they were stay untouched: in the running month most are.
 * Of several accounts the one of the newest day holds, of a day's the greatest.
 */
export async function replaceUserPeriod(
  db: Db,
  tenantId: string,
  timeZone: string,
  { grain, period }: Period,
): Promise<void> {
  const days = daysOfPeriod(period, grain);
  const ofPeriod = (table: string) =>
    Prisma.sql`${raw(table)}.tenant_id = ${tenantId}::uuid AND ${raw(table)}.grain = ${grain} AND ${raw(table)}.period = ${period}::date`;
  await db.$executeRaw`
    WITH days AS (
      SELECT user_id, day, max(account_id COLLATE "C") AS account_id, sum(calls) AS calls, sum(events) AS events,
        sum(cost_usd) AS cost_usd, sum(unpriced_calls) AS unpriced_calls
      FROM (
        SELECT user_id, day, account_id, calls, 0 AS events, cost_usd, unpriced_calls FROM rollup_user_day
        WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date AND user_id <> ''
        UNION ALL
        SELECT user_id, (occurred_at AT TIME ZONE ${timeZone})::date, coalesce(account_id, ''), 0, count, 0, 0 FROM usage_event
        WHERE tenant_id = ${tenantId}::uuid AND ${inDays("occurred_at", timeZone, days)} AND user_id <> ''
      ) AS told GROUP BY user_id, day
    ), fresh AS MATERIALIZED (
      SELECT user_id, coalesce(substr(max(day::text || account_id) FILTER (WHERE account_id <> ''), 11), '') AS account_id,
        min(day) AS first_day, max(day) AS last_day, count(*)::int AS active_days, sum(calls)::bigint AS calls,
        sum(events)::bigint AS events, sum(cost_usd) AS cost_usd, sum(unpriced_calls)::bigint AS unpriced_calls
      FROM days GROUP BY user_id
    ), gone AS (
      DELETE FROM user_period t WHERE ${ofPeriod("t")} AND NOT EXISTS (SELECT FROM fresh f WHERE f.user_id = t.user_id)
      RETURNING t.user_id
    ), put AS (
      INSERT INTO user_period (tenant_id, grain, period, user_id, ${list()})
      SELECT ${tenantId}::uuid, ${grain}, ${period}::date, f.user_id, ${list("f.")}
      FROM fresh f LEFT JOIN user_period t ON ${ofPeriod("t")} AND t.user_id = f.user_id
      WHERE (${list("f.")}) IS DISTINCT FROM (${list("t.")})
      ON CONFLICT (tenant_id, grain, period, user_id) DO UPDATE SET (${list()}) = ROW (${list("excluded.")})
      RETURNING user_id
    )
    INSERT INTO activity_touched (tenant_id, user_id)
    SELECT ${tenantId}::uuid, user_id FROM (SELECT user_id FROM gone UNION SELECT user_id FROM put) AS other
    WHERE ${grain} = 'month' ON CONFLICT DO NOTHING`;
}
