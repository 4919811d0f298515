/** Questions to begin with, for a saved question of Metabase (native query) or a panel of Grafana (code editor). */
export interface ReadyQuestion {
  id: string;
  title: string;
  hint: string;
  metabase: string;
  /** Over the dashboard's time range, which Grafana puts where its macro stands. */
  grafana: string;
}

export const readyQuestions: readonly ReadyQuestion[] = [
  {
    id: "cost-by-feature-by-day",
    title: "Cost by feature by day",
    hint: "Bars stacked by feature. A day of calls without any price has no cost, which is not 0.",
    metabase: `SELECT day,
       coalesce(feature, 'no feature') AS feature,
       cost_usd,
       calls,
       unpriced_calls
FROM bi.features
WHERE day > current_date - 30
ORDER BY day, cost_usd DESC NULLS LAST`,
    grafana: `SELECT day::timestamp AS "time",
       coalesce(feature, 'no feature') AS metric,
       cost_usd AS value
FROM bi.features
WHERE $__timeFilter(day)
ORDER BY "time"`,
  },
  {
    id: "dearest-users",
    title: "Dearest users of the last 30 days",
    hint: "The share is of everybody’s cost, also of those beyond the hundredth.",
    metabase: `SELECT coalesce(user_id, 'no user') AS user_id,
       sum(cost_usd) AS cost_usd,
       round(sum(cost_usd) / nullif(sum(sum(cost_usd)) OVER (), 0), 6) AS share,
       sum(calls) AS calls,
       sum(unpriced_calls) AS unpriced_calls
FROM bi.users
WHERE day > current_date - 30
GROUP BY 1
ORDER BY 2 DESC NULLS LAST, 1
LIMIT 100`,
    grafana: `SELECT coalesce(user_id, 'no user') AS user_id,
       sum(cost_usd) AS cost_usd,
       round(sum(cost_usd) / nullif(sum(sum(cost_usd)) OVER (), 0), 6) AS share,
       sum(calls) AS calls,
       sum(unpriced_calls) AS unpriced_calls
FROM bi.users
WHERE $__timeFilter(day)
GROUP BY 1
ORDER BY 2 DESC NULLS LAST, 1
LIMIT 100`,
  },
  {
    id: "cost-per-call-by-prompt-version",
    title: "Cost per call by prompt version",
    hint: "Of calls that have a price. A version that costs more than the one before it shows as a step.",
    metabase: `SELECT prompt_id,
       prompt_version,
       min(day) AS first_day,
       max(day) AS last_day,
       sum(cost_usd) / nullif(sum(calls) - sum(unpriced_calls), 0) AS cost_per_call,
       sum(calls) AS calls,
       sum(unpriced_calls) AS unpriced_calls
FROM bi.prompts
WHERE prompt_id IS NOT NULL AND day > current_date - 90
GROUP BY 1, 2
ORDER BY 1, 3, 2`,
    grafana: `SELECT day::timestamp AS "time",
       concat_ws(' ', prompt_id, prompt_version) AS metric,
       cost_usd / nullif(calls - unpriced_calls, 0) AS value
FROM bi.prompts
WHERE prompt_id IS NOT NULL AND $__timeFilter(day)
ORDER BY "time"`,
  },
];
