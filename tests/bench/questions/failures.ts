import { addDays } from "@/server/calendar/local-day";
import { addCounts, addUp, inRange, isCurrent, picked, type ReportQuestion, sums, totals } from "./question";

const failing: ReportQuestion = {
  name: "what fails, by class, feature and model, compared",
  async ask(ctx, { from, to, compare }) {
    const { errors } = await import("@/server/analytics/errors/errors");
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
    `SELECT is_current, feature, model, error_class, billed, ${sums} FROM ${picked(asked)} GROUP BY 1, 2, 3, 4, 5`,
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
    const { retryTax } = await import("@/server/analytics/retry-tax");
    const { total, byErrorClass } = await retryTax(ctx, { from, to });
    const known = byErrorClass.filter(({ errorClass }) => errorClass !== null);
    return {
      retries: total.retryCalls,
      costUsd: total.retryCostUsd,
      explained: known.reduce((sum, { calls }) => sum + calls, 0),
      causes: known.length,
    };
  },
  plain: (asked) => `
    WITH retry AS (
      SELECT root_request_id, feature, cost_usd, error_class, attempt, fresh_input_tokens, cache_read_tokens, visible_output_tokens, latency_ms
      FROM call WHERE ${inRange(asked)} AND attempt > 1
    ), failed AS (
      SELECT root_request_id, error_class AS cause FROM call
      WHERE ${inRange({ from: addDays(asked.from, -1), to: asked.to })} AND error_class IS NOT NULL AND attempt = 1
    )
    SELECT feature, cause, ${sums} FROM retry LEFT JOIN failed USING (root_request_id) GROUP BY 1, 2`,
  agreed: (rows) => {
    const known = rows.filter(({ cause }) => cause !== null);
    return {
      retries: addCounts(rows, "calls"),
      costUsd: addUp(rows, "cost"),
      explained: addCounts(known, "calls"),
      causes: new Set(known.map(({ cause }) => cause)).size,
    };
  },
};

export const failureQuestions: readonly ReportQuestion[] = [failing, retried];
