/**
 * Activity against the ledger and the usage events themselves by plain SQL, written apart from the product's own, so that
 * one slip cannot hide in both. Each row is a difference, whatever way: the table, and what one side has and the other not.
 */
const seen = `
  zoned AS (SELECT tenant_id, time_zone FROM tenant WHERE $1::uuid IS NULL OR tenant_id = $1),
  told AS (
    SELECT z.tenant_id, (c.occurred_at AT TIME ZONE z.time_zone)::date AS day, coalesce(c.user_id, '') AS person,
      coalesce(c.account_id, '') AS account, coalesce(c.feature, '') AS feature, NULL::text AS event,
      CASE WHEN coalesce(c.share_no, 1) = 1 THEN 1 ELSE 0 END AS calls,
      CASE WHEN coalesce(c.share_no, 1) = 1 AND c.attempt <= 1 THEN 1 ELSE 0 END AS firsts,
      CASE WHEN coalesce(c.share_no, 1) = 1 AND c.error_class IS NULL THEN 1 ELSE 0 END AS fine,
      0 AS events, CASE WHEN c.cost_usd IS NULL THEN 0 ELSE c.cost_usd END AS cost,
      CASE WHEN coalesce(c.share_no, 1) = 1 AND c.price_status = 'unpriced' THEN 1 ELSE 0 END AS unpriced
    FROM call c JOIN zoned z USING (tenant_id)
    UNION ALL
    SELECT z.tenant_id, (e.occurred_at AT TIME ZONE z.time_zone)::date, coalesce(e.user_id, ''), coalesce(e.account_id, ''),
      coalesce(e.feature, ''), e.event, 0, 0, 0, e.count, 0, 0
    FROM usage_event e JOIN zoned z USING (tenant_id)
  ),
  spans AS (SELECT t.*, g.grain, date_trunc(g.grain, t.day)::date AS period FROM told t, (VALUES ('week'), ('month')) AS g (grain)),
  people AS (SELECT * FROM told WHERE person <> ''),
  lives AS (
    SELECT tenant_id, person, min(day) AS first_day, max(day) AS last_day, count(DISTINCT day)::int AS days, sum(calls) AS calls,
      sum(events) AS events, sum(cost) AS cost, sum(unpriced) AS unpriced,
      coalesce((array_agg(account ORDER BY day DESC, account COLLATE "C" DESC) FILTER (WHERE account <> ''))[1], '') AS account
    FROM people GROUP BY tenant_id, person
  ),
  homes AS (
    SELECT s.*, date_trunc(s.grain, l.first_day)::date AS cohort
    FROM spans s JOIN lives l ON l.tenant_id = s.tenant_id AND l.person = s.person
  ),
  leavers AS (
    SELECT tenant_id, g.grain, date_trunc(g.grain, first_day)::date AS cohort, date_trunc(g.grain, last_day)::date AS period,
      count(*)::numeric AS users, sum(cost) AS cost
    FROM lives, (VALUES ('week'), ('month')) AS g (grain) GROUP BY 1, 2, 3, 4
  )`;

/** What the ledger says, and what the product stores, column by column in one order. */
const pairs = {
  user_period: [
    `SELECT tenant_id, grain, period, person, coalesce((array_agg(account ORDER BY day DESC, account COLLATE "C" DESC) FILTER (WHERE account <> ''))[1], ''),
       min(day), max(day), count(DISTINCT day)::int, sum(calls)::numeric, sum(events)::numeric, sum(cost), sum(unpriced)::numeric
     FROM spans WHERE person <> '' GROUP BY tenant_id, grain, period, person`,
    `SELECT tenant_id, grain, period, user_id, account_id, first_day, last_day, active_days, calls::numeric, events::numeric, cost_usd, unpriced_calls::numeric FROM user_period`,
  ],
  user_lifetime: [
    `SELECT tenant_id, person, account, first_day, last_day, days, calls::numeric, events::numeric, cost, unpriced::numeric FROM lives`,
    `SELECT tenant_id, user_id, account_id, first_day, last_day, active_days, calls::numeric, events::numeric, cost_usd, unpriced_calls::numeric FROM user_lifetime`,
  ],
  cohort_cell: [
    `SELECT c.*, coalesce(l.users, 0), coalesce(l.cost, 0) FROM (
       SELECT tenant_id, grain, cohort, period, count(DISTINCT person)::numeric, sum(calls)::numeric, sum(events)::numeric, sum(cost),
         sum(unpriced)::numeric
       FROM homes GROUP BY tenant_id, grain, cohort, period
     ) AS c LEFT JOIN leavers l USING (tenant_id, grain, cohort, period)`,
    `SELECT tenant_id, grain, cohort, period, active_users::numeric, calls::numeric, events::numeric, cost_usd, unpriced_calls::numeric,
       last_users::numeric, last_cost_usd FROM cohort_cell`,
  ],
  cohort_last_day: [
    `SELECT tenant_id, g.grain, date_trunc(g.grain, first_day)::date, last_day, count(*)::numeric, sum(cost)
     FROM lives, (VALUES ('week'), ('month')) AS g (grain) GROUP BY 1, 2, 3, 4`,
    `SELECT tenant_id, grain, cohort, last_day, users::numeric, cost_usd FROM cohort_last_day`,
  ],
  feature_period: [
    `SELECT tenant_id, grain, period, feature, sum(calls)::numeric, sum(firsts)::numeric, sum(fine)::numeric, sum(events)::numeric,
       count(DISTINCT person) FILTER (WHERE person <> '')::numeric, count(DISTINCT person) FILTER (WHERE person <> '' AND event IS NULL)::numeric,
       count(DISTINCT person) FILTER (WHERE person <> '' AND event IS NOT NULL)::numeric, sum(cost), sum(unpriced)::numeric
     FROM spans GROUP BY tenant_id, grain, period, feature`,
    `SELECT tenant_id, grain, period, feature, calls::numeric, requests::numeric, successful_calls::numeric, events::numeric, active_users::numeric,
       calling_users::numeric, event_users::numeric, cost_usd, unpriced_calls::numeric FROM feature_period`,
  ],
  feature_event_period: [
    `SELECT tenant_id, grain, period, feature, event, sum(events)::numeric, count(DISTINCT person) FILTER (WHERE person <> '')::numeric
     FROM spans WHERE event IS NOT NULL GROUP BY tenant_id, grain, period, feature, event`,
    `SELECT tenant_id, grain, period, feature, event, events::numeric, users::numeric FROM feature_event_period`,
  ],
} as const;

const ours = (stored: string) => `${stored} WHERE tenant_id IN (SELECT tenant_id FROM zoned)`;

/** Of the tenant $1; null: of all. */
export const activityDifferencesSql = `WITH ${seen}
  ${Object.entries(pairs)
    .map(
      ([table, [plain, stored]]) => `
    SELECT '${table} lacks or differs: ' || r::text AS fault FROM (${plain} EXCEPT ${ours(stored)}) AS r
    UNION ALL SELECT '${table} has: ' || r::text FROM (${ours(stored)} EXCEPT ${plain}) AS r`,
    )
    .join(" UNION ALL ")}
  LIMIT 20`;

/** One value for all that is stored of activity. */
export const activityHashSql = `SELECT md5(string_agg(part, ',' ORDER BY part)) AS hash FROM (${Object.keys(
  pairs,
)
  .map(
    (table) =>
      `SELECT '${table}' || md5(coalesce(string_agg(t::text, ',' ORDER BY t::text), '')) AS part FROM ${table} t`,
  )
  .join(" UNION ALL ")}) AS parts`;
