import type { Client } from "pg";
import type { retention } from "@/server/analytics/retention/retention";
import type { Grain } from "@/server/activity/schemas";

type Answer = Awaited<ReturnType<typeof retention>>;

/** The cohort screen's question asked of calls and events themselves: who was there when, by when they came. */
const rawSql = `
  WITH seen AS (
    SELECT user_id, date_trunc($2, occurred_at)::date AS period, sum(cost_usd) AS cost FROM call
    WHERE tenant_id = $1 AND user_id IS NOT NULL GROUP BY 1, 2
    UNION ALL
    SELECT DISTINCT user_id, date_trunc($2, occurred_at)::date, 0::numeric FROM usage_event WHERE tenant_id = $1 AND user_id IS NOT NULL
  ), there AS (SELECT user_id, period, sum(cost) AS cost FROM seen GROUP BY 1, 2),
  came AS (SELECT user_id, min(period) AS cohort, max(period) AS last, sum(cost) AS cost FROM there GROUP BY 1)
  SELECT to_char(c.cohort, 'YYYY-MM-DD') AS cohort, to_char(t.period, 'YYYY-MM-DD') AS period, count(*)::int AS users,
    trim_scale(coalesce(sum(t.cost), 0))::text AS cost
  FROM there t JOIN came c USING (user_id) GROUP BY c.cohort, t.period`;

interface RawCell {
  cohort: string;
  period: string;
  users: number;
  cost: string;
}

export async function askRaw(admin: Client, tenantId: string, grain: Grain): Promise<RawCell[]> {
  return (await admin.query<RawCell>(rawSql, [tenantId, grain])).rows;
}

/** Where the screen's answer and the raw rows do not agree. */
export function disagreements({ cohorts, grain, first }: Answer, raw: readonly RawCell[]): string[] {
  const told = new Map(
    cohorts.flatMap(({ cohort, cells }) =>
      cells.map(({ period, activeUsers, costUsd }) => [`${cohort} ${period}`, `${String(activeUsers)} ${costUsd}`]),
    ),
  ); // prettier-ignore
  return raw.flatMap(({ cohort, period, users, cost }) => {
    const [place, known] = [`${cohort} ${period}`, `${String(users)} ${cost}`];
    return cohort < first || told.get(place) === known
      ? []
      : [`${grain} ${place} is ${told.get(place) ?? "missing"}, but ${known} by the raw rows`];
  });
}
