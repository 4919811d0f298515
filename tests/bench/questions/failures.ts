import { errors } from "@/server/analytics/errors/errors";
import { retryTax } from "@/server/analytics/retry-tax";
import { addDays } from "@/server/calendar/local-day";
import {
  addCounts,
  addUp,
  inRange,
  isCurrent,
  picked,
  type ReportQuestion,
  sumsOf,
  totals,
} from "./question";

const failing: ReportQuestion = {
  name: "what fails, by class, feature and model, compared",
  async ask(ctx, { from, to, compare }) {
    const { total, classes, features } = await errors(ctx, { from, to, compare });
    return {
      calls: total.current.calls,
      costUsd: total.current.costUsd,
      failed: total.current.errorCalls,
      failedBefore: total.previous?.errorCalls ?? 0,
      failedUsd: total.current.failures.billed.costUsd,
      classes: classes.length,
      features: features.groups,
    };
  },
  plain: (asked) =>
    `SELECT is_current, feature, model, error_class, billed, ${sumsOf("calls", "cost", "errors", "unpriced")} FROM ${picked(asked)} GROUP BY 1, 2, 3, 4, 5`,
  agreed: (rows) => {
    const current = rows.filter(isCurrent);
    const failed = current.filter((row) => row.error_class !== null);
    return {
      ...totals(current),
      failed: addCounts(current, "errors"),
      failedBefore: addCounts(
        rows.filter((row) => !isCurrent(row)),
        "errors",
      ),
      failedUsd: addUp(
        failed.filter(({ billed }) => billed === "yes"),
        "cost",
      ),
      classes: new Set(rows.map((row) => row.error_class).filter((name) => name !== null)).size,
      features: new Set(rows.map((row) => row.feature)).size,
    };
  },
};

const retried: ReportQuestion = {
  name: "retry tax by feature and by what had failed",
  async ask(ctx, { from, to }) {
    const { total, byErrorClass, byFeature, billedFailed } = await retryTax(ctx, { from, to });
    const known = byErrorClass.filter(({ errorClass }) => errorClass !== null);
    return {
      calls: total.calls,
      costUsd: total.costUsd,
      retries: total.retryCalls,
      retryUsd: total.retryCostUsd,
      features: byFeature.length,
      explained: known.reduce((sum, { calls }) => sum + calls, 0),
      causes: known.length,
      billed: billedFailed.reduce((sum, { calls }) => sum + calls, 0),
    };
  },
  // What each feature's retries are of its cost, what had failed before them, and which failures were paid for.
  plain: (asked) => `
    WITH retry AS (
      SELECT root_request_id, cost_usd FROM call WHERE ${inRange(asked)} AND attempt > 1
    ), failed AS (
      SELECT root_request_id, error_class AS cause FROM call
      WHERE ${inRange({ from: addDays(asked.from, -1), to: asked.to })} AND error_class IS NOT NULL AND attempt = 1
    )
    SELECT 'feature' AS part, feature AS key, count(*) AS calls, coalesce(sum(cost_usd), 0) AS cost,
      sum(CASE WHEN attempt > 1 THEN 1 ELSE 0 END) AS retries, coalesce(sum(CASE WHEN attempt > 1 THEN cost_usd END), 0) AS retry_cost
    FROM call WHERE ${inRange(asked)} GROUP BY 2
    UNION ALL
    SELECT 'cause', cause, count(*), coalesce(sum(cost_usd), 0), sum(CASE WHEN cost_usd IS NULL THEN 1 ELSE 0 END), 0
    FROM retry LEFT JOIN failed USING (root_request_id) GROUP BY 2
    UNION ALL
    SELECT 'billed', error_class, count(*), coalesce(sum(cost_usd), 0), sum(CASE WHEN billed = 'unknown' THEN 1 ELSE 0 END),
      coalesce(sum(CASE WHEN billed = 'unknown' THEN cost_usd END), 0)
    FROM call WHERE ${inRange(asked)} AND error_class IS NOT NULL AND billed <> 'no' GROUP BY 2`,
  agreed: (rows) => {
    const of = (part: string) => rows.filter((row) => row.part === part);
    const causes = of("cause").filter(({ key }) => key !== null);
    return {
      ...totals(of("feature")),
      retries: addCounts(of("feature"), "retries"),
      retryUsd: addUp(of("feature"), "retry_cost"),
      features: of("feature").filter(({ retries }) => Number(retries) > 0).length,
      explained: addCounts(causes, "calls"),
      causes: causes.length,
      billed: addCounts(of("billed"), "calls"),
    };
  },
};

export const failureQuestions: readonly ReportQuestion[] = [failing, retried];
