import { z } from "zod";
import { type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import type { ReviewMonth } from "./month";

const count = z.coerce.number().int().nonnegative();

const MonthRow = z.object({
  month: z.string(),
  /** "" is what carries no feature. */
  feature: z.string(),
  calls: count,
  requests: count,
  events: count,
  activeUsers: count,
  costUsd: z.string(),
  unpricedCalls: count,
});
export type MonthRow = z.infer<typeof MonthRow>;

/** Each feature in each month between two, both included, by the firsts of the months. */
export async function monthsOfFeatures(
  db: Db,
  tenantId: string,
  { first, last }: { first: LocalDay; last: LocalDay },
): Promise<MonthRow[]> {
  const rows = await db.$queryRaw`
    SELECT period::text AS month, feature, calls, requests, events, active_users AS "activeUsers",
      trim_scale(cost_usd)::text AS "costUsd", unpriced_calls AS "unpricedCalls"
    FROM feature_period
    WHERE tenant_id = ${tenantId}::uuid AND grain = 'month' AND period BETWEEN ${first}::date AND ${last}::date
    ORDER BY feature, period`;
  return z.array(MonthRow).parse(rows);
}

const EarliestRow = z.object({ feature: z.string(), month: z.string() });

/** The first of the first month in which each feature was seen; "" is what carries none. */
export async function earliestMonths(db: Db, tenantId: string): Promise<Map<string, LocalDay>> {
  const rows = await db.$queryRaw`
    SELECT feature, min(period)::text AS month FROM feature_period
    WHERE tenant_id = ${tenantId}::uuid AND grain = 'month' GROUP BY feature`;
  return new Map(
    z
      .array(EarliestRow)
      .parse(rows)
      .map(({ feature, month }) => [feature, month]),
  );
}

const EventRow = z.object({ feature: z.string(), event: z.string(), count });

/** How often each event of product usage was told of each feature in a month. */
export async function eventsOfFeatures(db: Db, tenantId: string, month: LocalDay) {
  const rows = await db.$queryRaw`
    SELECT feature, event, events AS count FROM feature_event_period
    WHERE tenant_id = ${tenantId}::uuid AND grain = 'month' AND period = ${month}::date`;
  return z.array(EventRow).parse(rows);
}

const FirstRow = z.object({ feature: z.string(), day: z.string() });

/** The local day of each feature's first call or event on or after a day, until the end of a month. */
export async function firstUses(
  db: Db,
  { tenantId, timeZone }: { tenantId: string; timeZone: string },
  since: LocalDay,
  month: ReviewMonth,
): Promise<Map<string, LocalDay>> {
  const rows = await db.$queryRaw`
    SELECT feature, min(day)::text AS day FROM (
      SELECT value AS feature, min(day) AS day FROM rollup_day_by
      WHERE tenant_id = ${tenantId}::uuid AND dimension = 'feature' AND day BETWEEN ${since}::date AND ${month.last}::date
        AND calls > 0
      GROUP BY value
      UNION ALL
      SELECT feature, (min(occurred_at) AT TIME ZONE ${timeZone})::date FROM usage_event
      WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${startOfDay(since, timeZone)}::timestamptz AND occurred_at < ${month.to}::timestamptz
        AND feature IS NOT NULL AND count > 0
      GROUP BY feature
    ) AS seen GROUP BY feature`;
  return new Map(
    z
      .array(FirstRow)
      .parse(rows)
      .map(({ feature, day }) => [feature, day]),
  );
}

const KinRow = z.object({ feature: z.string(), teams: z.array(z.string()), prompts: z.array(z.string()) });

/** By which teams and prompts each feature was called in a month. */
export async function kinOfFeatures(
  db: Db,
  tenantId: string,
  { first, last }: Pick<ReviewMonth, "first" | "last">,
) {
  const rows = await db.$queryRaw`
    SELECT feature, coalesce(array_agg(DISTINCT team ORDER BY team) FILTER (WHERE team <> ''), '{}') AS teams,
      coalesce(array_agg(DISTINCT prompt_id) FILTER (WHERE prompt_id <> ''), '{}') AS prompts
    FROM rollup_day
    WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${first}::date AND ${last}::date AND feature <> '' AND calls > 0
    GROUP BY feature`;
  return new Map(
    z
      .array(KinRow)
      .parse(rows)
      .map(({ feature, ...kin }) => [feature, kin]),
  );
}

const DayCalls = z.object({ feature: z.string(), calls: count });

/** Calls of features in whole days, both included. Who has none is not there. */
export async function callsInDays(
  db: Db,
  tenantId: string,
  asked: readonly { feature: string; first: LocalDay; last: LocalDay }[],
): Promise<Map<string, number>> {
  if (asked.length === 0) return new Map();
  const rows = await db.$queryRaw`
    SELECT a.feature, sum(r.calls) AS calls
    FROM jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) AS a (feature text, first date, last date)
    JOIN rollup_day_by r ON r.tenant_id = ${tenantId}::uuid AND r.dimension = 'feature' AND r.value = a.feature
      AND r.day BETWEEN a.first AND a.last
    GROUP BY a.feature`;
  return new Map(
    z
      .array(DayCalls)
      .parse(rows)
      .map(({ feature, calls }) => [feature, calls]),
  );
}
