import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { inDays } from "@/server/rollups/days-query";
import { daysOfPeriod } from "./periods";
import type { Period } from "./work-query";

const raw = (text: string) => Prisma.raw(text);

/** Counts the features of a week or month anew: their calls, events and users, and their events by name. */
export async function replaceFeaturePeriod(
  db: Db,
  tenantId: string,
  timeZone: string,
  { grain, period }: Period,
): Promise<void> {
  const days = daysOfPeriod(period, grain);
  const ofPeriod = Prisma.sql`tenant_id = ${tenantId}::uuid AND grain = ${grain} AND period = ${period}::date`;
  const key = Prisma.sql`${tenantId}::uuid, ${grain}, ${period}::date`;
  const ofDays = Prisma.sql`tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  const ofEvents = Prisma.sql`tenant_id = ${tenantId}::uuid AND ${inDays("occurred_at", timeZone, days)}`;
  const nothing = raw("0, 0, 0, 0, 0");
  await db.$executeRaw`DELETE FROM feature_period WHERE ${ofPeriod}`;
  await db.$executeRaw`
    INSERT INTO feature_period (tenant_id, grain, period, feature, calls, requests, successful_calls, cost_usd, unpriced_calls,
      events, active_users, calling_users, event_users)
    SELECT ${key}, feature, sum(calls), sum(calls - retry_calls), sum(calls - error_calls), sum(cost_usd), sum(unpriced_calls),
      sum(events), sum(active), sum(calling), sum(telling)
    FROM (
      SELECT value AS feature, calls, retry_calls, error_calls, cost_usd, unpriced_calls, 0 AS events, 0 AS active, 0 AS calling, 0 AS telling
      FROM rollup_day_by WHERE ${ofDays} AND dimension = 'feature'
      UNION ALL
      SELECT coalesce(feature, ''), ${nothing}, sum(count), 0, 0, 0 FROM usage_event WHERE ${ofEvents} GROUP BY 1
      UNION ALL
      SELECT feature, ${nothing}, 0, count(*), count(*) FILTER (WHERE calls), count(*) FILTER (WHERE events)
      FROM (
        SELECT feature, user_id, bool_or(calls) AS calls, bool_or(events) AS events
        FROM (
          SELECT DISTINCT feature, user_id, true AS calls, false AS events FROM rollup_user_day WHERE ${ofDays} AND user_id <> ''
          UNION ALL
          SELECT DISTINCT coalesce(feature, ''), user_id, false, true FROM usage_event WHERE ${ofEvents} AND user_id <> ''
        ) AS told GROUP BY feature, user_id
      ) AS users GROUP BY feature
    ) AS parts GROUP BY feature`;
  await db.$executeRaw`DELETE FROM feature_event_period WHERE ${ofPeriod}`;
  await db.$executeRaw`
    INSERT INTO feature_event_period (tenant_id, grain, period, feature, event, events, users)
    SELECT ${key}, coalesce(feature, ''), event, sum(count), count(DISTINCT user_id)
    FROM usage_event WHERE ${ofEvents} GROUP BY 4, 5`;
}
