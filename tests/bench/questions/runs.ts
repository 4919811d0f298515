import { runs } from "@/server/analytics/runs/runs";
import { percents, type RunOrder } from "@/server/analytics/runs-schemas";
import type { SpendFilter } from "@/server/analytics/schemas";
import { amount, type Asked, counted, inRange, number, type ReportQuestion, sumsOf } from "./question";

const orders: Record<RunOrder, string> = {
  cost: "cost DESC",
  calls: "calls DESC",
  duration: "last_at - first_at DESC",
  newest: "first_at DESC",
};

const names = Object.keys(percents) as (keyof typeof percents)[];
const pageSize = 50;
/** Figures of each run and of all together, beside its calls of tools. */
const figures = ["calls", "cost", "input_tokens", "output_tokens", "unpriced", "unpriced_tokens", "partial", "errors", "retries", "retry_cost"] as const; // prettier-ignore
const spreadOf = (called: string, what: string) =>
  names
    .map(
      (name) =>
        `percentile_disc(${String(percents[name] / 100)}) WITHIN GROUP (ORDER BY ${what}) AS ${called}_${name}`,
    )
    .join(", ");

function listed(
  order: RunOrder,
  only?: { called: string; filter: SpendFilter; where: string },
): ReportQuestion {
  const ofRuns = (asked: Asked) => `${inRange(asked)} AND run_id IS NOT NULL AND ${only?.where ?? "true"}`;
  return {
    name: `runs${only ? ` of ${only.called}` : ""} by ${order}`,
    async ask(ctx, { from, to }) {
      const { rows, total } = await runs(ctx, { from, to, order, filter: only?.filter ?? {} });
      return {
        runs: total.runs,
        calls: total.calls,
        costUsd: total.costUsd,
        tokens: total.inputTokens + total.outputTokens,
        unpricedRuns: total.unpricedRuns,
        partlyUnpricedRuns: total.partlyUnpricedRuns,
        errorRuns: total.errorRuns,
        retryRuns: total.retryRuns,
        steps: names.map((name) => total.steps?.[name] ?? 0).join(" "),
        cost: names.map((name) => total.cost?.[name] ?? "0").join(" "),
        page: rows
          .map(({ runId, costUsd, user, team }) => [runId, costUsd, user.key, team.key].join(" "))
          .join(", "),
      };
    },
    plain: (asked) => `
      WITH run AS (
        SELECT run_id, ${sumsOf(...figures)}, sum(CASE WHEN kind = 'tool' THEN 1 ELSE 0 END) AS tool_calls,
          min(occurred_at) AS first_at, max(occurred_at + latency_ms * INTERVAL '1 millisecond') AS last_at
        FROM call WHERE ${ofRuns(asked)} GROUP BY 1
      ), page AS (
        SELECT *, row_number() OVER (ORDER BY ${orders[order]}, run_id) AS nth FROM run ORDER BY nth LIMIT ${String(pageSize)}
      ), part AS (
        SELECT run_id, feature, team, user_id, account_id, environment, sum(cost_usd) AS cost, count(*) AS calls
        FROM call WHERE ${ofRuns(asked)} AND run_id IN (SELECT run_id FROM page) GROUP BY 1, 2, 3, 4, 5, 6
      ), total AS (
        SELECT count(*) AS runs, ${[...figures, "tool_calls"].map((name) => `sum(${name}) AS all_${name}`).join(", ")},
          ${counted("unpriced = calls AND cost = 0")} AS unpriced_runs, ${counted("unpriced > 0 AND NOT (unpriced = calls AND cost = 0)")} AS partly_unpriced_runs,
          ${counted("errors > 0")} AS error_runs, ${counted("retries > 0")} AS retry_runs, ${spreadOf("steps", "calls")},
          ${spreadOf("cost", "CASE WHEN unpriced < calls THEN cost END")}
        FROM run
      )
      SELECT total.*, page.*, part.feature, part.team, part.user_id, part.account_id, part.environment
      FROM total, page JOIN part ON part.run_id = page.run_id ORDER BY page.nth, part.cost DESC, part.calls DESC`,
    agreed: (rows) => {
      const [row = {}] = rows;
      const dearestPart = rows.filter(({ nth }, at) => at === 0 || rows[at - 1]?.nth !== nth);
      return {
        runs: number(row.runs),
        calls: number(row.all_calls),
        costUsd: amount(row.all_cost),
        tokens: number(row.all_input_tokens) + number(row.all_output_tokens),
        unpricedRuns: number(row.unpriced_runs),
        partlyUnpricedRuns: number(row.partly_unpriced_runs),
        errorRuns: number(row.error_runs),
        retryRuns: number(row.retry_runs),
        steps: names.map((name) => number(row[`steps_${name}`])).join(" "),
        cost: names.map((name) => amount(row[`cost_${name}`])).join(" "),
        page: dearestPart
          .map((one) => [one.run_id, amount(one.cost), one.user_id, one.team].join(" "))
          .join(", "),
      };
    },
  };
}

export const runQuestions: readonly ReportQuestion[] = [
  listed("cost"),
  listed("calls"),
  listed("duration"),
  listed("newest"),
  listed("cost", {
    called: "one feature",
    filter: { feature: ["feature-10"] },
    where: "feature = 'feature-10'",
  }),
  listed("duration", {
    called: "one feature",
    filter: { feature: ["feature-10"] },
    where: "feature = 'feature-10'",
  }),
  listed("cost", { called: "one user", filter: { user: ["user_3"] }, where: "user_id = 'user_3'" }),
];
