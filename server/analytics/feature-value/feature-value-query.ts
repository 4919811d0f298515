import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Grain } from "@/server/activity/schemas";
import type { Db } from "@/server/db";
import { sourceSql, type SourceQuestion } from "../source-query";
import type { Months } from "./months";

const count = z.coerce.number().int().nonnegative();

const Sums = z.object({
  feature: z.string(),
  calls: count,
  requests: count,
  successfulCalls: count,
  events: count,
  costUsd: z.string(),
  unpricedCalls: count,
  /** Of the busiest month: what there is for a single one; of several see usersOfMonths. */
  users: count,
  callingUsers: count,
  eventUsers: count,
});
export type FeatureSums = z.infer<typeof Sums>;

interface Asked {
  tenantId: string;
  months: Months;
}

const ofMonths = ({ tenantId, months: { first, end } }: Asked) =>
  Prisma.sql`tenant_id = ${tenantId}::uuid AND grain = 'month' AND period >= ${first}::date AND period < ${end}::date`;

/** Each feature with a call or an event in the months; '' is what has none. */
export async function sumsOfMonths(db: Db, asked: Asked): Promise<FeatureSums[]> {
  const rows = await db.$queryRaw`
    SELECT feature, sum(calls)::text AS calls, sum(requests)::text AS requests, sum(successful_calls)::text AS "successfulCalls",
      sum(events)::text AS events, trim_scale(sum(cost_usd))::text AS "costUsd", sum(unpriced_calls)::text AS "unpricedCalls",
      max(active_users)::text AS users, max(calling_users)::text AS "callingUsers", max(event_users)::text AS "eventUsers"
    FROM feature_period WHERE ${ofMonths(asked)} GROUP BY feature`;
  return z.array(Sums).parse(rows);
}

/** Users with a call or an event in the months, each once, whatever the feature. */
export async function everybodyOfMonths(db: Db, asked: Asked): Promise<number> {
  const rows = await db.$queryRaw`
    SELECT count(DISTINCT user_id)::text AS users FROM user_period WHERE ${ofMonths(asked)}`;
  return z.tuple([z.object({ users: count })]).parse(rows)[0].users;
}

const Users = z.object({ feature: z.string(), users: count, callingUsers: count, eventUsers: count });

/** Users of each feature over several months, each once: of months that share users no sum is their number. */
export async function usersOfMonths(
  db: Db,
  question: Omit<SourceQuestion, "dimensions" | "filter" | "granularity" | "knownAt">,
  /** Local days are told by casting; the bounds narrow the scan. */
  months: Months,
) {
  const { tenantId, timeZone, range } = question;
  const calls = sourceSql({
    ...question,
    dimensions: ["feature", "user"],
    filter: {},
    granularity: "total",
    knownAt: null,
  });
  const rows = await db.$queryRaw`
    SELECT feature, count(*)::text AS users, (count(*) FILTER (WHERE calls))::text AS "callingUsers",
      (count(*) FILTER (WHERE events))::text AS "eventUsers"
    FROM (
      SELECT feature, user_id, bool_or(calls) AS calls, bool_or(NOT calls) AS events
      FROM (
        SELECT feature, user_id, true AS calls FROM ${calls} AS s WHERE user_id <> ''
        UNION ALL
        SELECT coalesce(feature, ''), user_id, false FROM usage_event
        WHERE tenant_id = ${tenantId}::uuid AND user_id <> ''
          AND occurred_at >= ${range.from}::timestamptz - interval '1 day' AND occurred_at < ${range.to}::timestamptz + interval '1 day'
          AND (occurred_at AT TIME ZONE ${timeZone})::date >= ${months.first}::date
          AND (occurred_at AT TIME ZONE ${timeZone})::date < ${months.end}::date
      ) AS told GROUP BY feature, user_id
    ) AS users GROUP BY feature`;
  return new Map(
    z
      .array(Users)
      .parse(rows)
      .map(({ feature, ...users }) => [feature, users]),
  );
}

const Conversion = z.object({ feature: z.string(), conversions: count });

/** How often each feature's conversion event was told with it; features without one are left out. */
export async function conversionsOfMonths(db: Db, { tenantId, months }: Asked): Promise<Map<string, number>> {
  const rows = await db.$queryRaw`
    SELECT s.feature, coalesce(sum(e.events), 0)::text AS conversions
    FROM feature_setting s LEFT JOIN feature_event_period e ON e.tenant_id = s.tenant_id AND e.grain = 'month'
      AND e.feature = s.feature AND e.event = s.conversion_event
      AND e.period >= ${months.first}::date AND e.period < ${months.end}::date
    WHERE s.tenant_id = ${tenantId}::uuid AND s.conversion_event IS NOT NULL GROUP BY s.feature`;
  return new Map(
    z
      .array(Conversion)
      .parse(rows)
      .map((row) => [row.feature, row.conversions]),
  );
}

const Point = z.object({
  feature: z.string(),
  period: z.string(),
  users: count,
  calls: count,
  events: count,
});
export type TrendPoint = z.infer<typeof Point>;

/** Users of each feature by week or month, where it had a call or an event. */
export async function trendOfFeatures(
  db: Db,
  tenantId: string,
  { grain, first, last }: { grain: Grain; first: string; last: string },
): Promise<TrendPoint[]> {
  const rows = await db.$queryRaw`
    SELECT feature, period::text, active_users::text AS users, calls::text, events::text FROM feature_period
    WHERE tenant_id = ${tenantId}::uuid AND grain = ${grain} AND period BETWEEN ${first}::date AND ${last}::date`;
  return z.array(Point).parse(rows);
}

/** All users by week or month: cohorts hold each of them once. */
export async function trendOfEverybody(
  db: Db,
  tenantId: string,
  { grain, first, last }: { grain: Grain; first: string; last: string },
): Promise<Map<string, number>> {
  const rows = await db.$queryRaw`
    SELECT period::text, sum(active_users)::text AS users FROM cohort_cell
    WHERE tenant_id = ${tenantId}::uuid AND grain = ${grain} AND period BETWEEN ${first}::date AND ${last}::date GROUP BY period`;
  const Total = z.object({ period: z.string(), users: count });
  return new Map(
    z
      .array(Total)
      .parse(rows)
      .map(({ period, users }) => [period, users]),
  );
}
