import type { RunOrder } from "@/server/analytics/runs-schemas";
import type { SpendFilter } from "@/server/analytics/schemas";
import { amount, inRange, number, type ReportQuestion } from "./question";

const orders: Record<RunOrder, string> = {
  cost: "cost DESC",
  calls: "calls DESC",
  duration: "last_at - first_at DESC",
  newest: "first_at DESC",
};

function listed(
  order: RunOrder,
  only?: { called: string; filter: SpendFilter; where: string },
): ReportQuestion {
  return {
    name: `runs${only ? ` of ${only.called}` : ""} by ${order}`,
    async ask(ctx, { from, to }) {
      const { runs } = await import("@/server/analytics/runs/runs");
      const { rows, total } = await runs(ctx, { from, to, order, filter: only?.filter ?? {} });
      return {
        runs: total.runs,
        costUsd: total.costUsd,
        median: total.cost?.p50 ?? "",
        p99: total.cost?.p99 ?? "",
        steps: total.steps?.p95 ?? 0,
        first: rows[0]?.runId ?? "",
        firstUsd: rows[0]?.costUsd ?? "",
      };
    },
    plain: (asked) => `
      WITH run AS (
        SELECT run_id, count(*) AS calls, coalesce(sum(cost_usd), 0) AS cost, sum(CASE WHEN cost_usd IS NULL THEN 1 ELSE 0 END) AS unpriced,
          sum(fresh_input_tokens + cache_read_tokens) AS input_tokens, sum(visible_output_tokens) AS output_tokens,
          min(occurred_at) AS first_at, max(occurred_at + latency_ms * INTERVAL '1 millisecond') AS last_at
        FROM call WHERE ${inRange(asked)} AND run_id IS NOT NULL AND ${only?.where ?? "true"} GROUP BY 1
      ), page AS (
        SELECT run_id, cost FROM run ORDER BY ${orders[order]}, run_id LIMIT 1
      )
      SELECT count(*) AS runs, sum(run.cost) AS cost, percentile_disc(0.95) WITHIN GROUP (ORDER BY calls) AS steps,
        percentile_disc(0.5) WITHIN GROUP (ORDER BY CASE WHEN unpriced < calls THEN run.cost END) AS median,
        percentile_disc(0.99) WITHIN GROUP (ORDER BY CASE WHEN unpriced < calls THEN run.cost END) AS p99,
        (SELECT run_id FROM page) AS first, (SELECT cost FROM page) AS first_cost
      FROM run`,
    agreed: ([row = {}]) => ({
      runs: number(row.runs),
      costUsd: amount(row.cost),
      median: amount(row.median),
      p99: amount(row.p99),
      steps: number(row.steps),
      first: String(row.first),
      firstUsd: amount(row.first_cost),
    }),
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
