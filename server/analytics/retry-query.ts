import { z } from "zod";
import type { Db } from "@/server/db";

export interface RetryQuestion {
  tenantId: string;
  from: Date;
  to: Date;
}

const count = z.coerce.number().int();

const RetriesOfClass = z.object({
  /** How the attempt before had failed; null: it is not in the ledger. */
  errorClass: z.string().nullable(),
  calls: count,
  costUsd: z.string(),
  unpricedCalls: count,
});

/**
 * Attempts beyond the first by what made them necessary: the newest earlier attempt of the same request that failed,
 * within a day.
 */
export async function retriesByClass(db: Db, { tenantId, from, to }: RetryQuestion) {
  const rows = await db.$queryRaw`
    WITH retry AS MATERIALIZED (
      SELECT occurred_at, call_id, root_request_id, attempt, cost_usd FROM call
      WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz AND attempt > 1
    ), failed AS MATERIALIZED (
      SELECT occurred_at, root_request_id, attempt, error_class FROM call
      WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz - interval '1 day'
        AND occurred_at < ${to}::timestamptz AND error_class IS NOT NULL AND root_request_id IS NOT NULL
    ), cause AS (
      SELECT DISTINCT ON (r.occurred_at, r.call_id) r.occurred_at, r.call_id, f.error_class
      FROM retry r JOIN failed f ON f.root_request_id = r.root_request_id AND f.attempt < r.attempt
      ORDER BY r.occurred_at, r.call_id, f.attempt DESC, f.occurred_at DESC
    )
    SELECT c.error_class AS "errorClass", count(*)::text AS calls, trim_scale(coalesce(sum(r.cost_usd), 0))::text AS "costUsd",
      (count(*) FILTER (WHERE r.cost_usd IS NULL))::text AS "unpricedCalls"
    FROM retry r LEFT JOIN cause c USING (occurred_at, call_id)
    GROUP BY 1 ORDER BY coalesce(sum(r.cost_usd), 0) DESC, count(*) DESC, 1`;
  return z.array(RetriesOfClass).parse(rows);
}

const FailuresOfClass = z.object({
  errorClass: z.string(),
  calls: count,
  costUsd: z.string(),
  /** Whether the provider bills them is not known; their cost is in `costUsd` all the same. */
  unknownCalls: count,
  unknownCostUsd: z.string(),
});

/** What failed and was paid for, or may have been. */
export async function billedFailures(db: Db, { tenantId, from, to }: RetryQuestion) {
  const rows = await db.$queryRaw`
    SELECT error_class AS "errorClass", count(*)::text AS calls, trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd",
      (count(*) FILTER (WHERE billed = 'unknown'))::text AS "unknownCalls",
      trim_scale(coalesce(sum(cost_usd) FILTER (WHERE billed = 'unknown'), 0))::text AS "unknownCostUsd"
    FROM call
    WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz
      AND error_class IS NOT NULL AND billed <> 'no'
    GROUP BY 1 ORDER BY coalesce(sum(cost_usd), 0) DESC, count(*) DESC, 1`;
  return z.array(FailuresOfClass).parse(rows);
}

const Attempt = z.object({
  id: z.string(),
  occurredAt: z.date().transform((date) => date.toISOString()),
  attempt: z.number(),
  provider: z.string(),
  model: z.string(),
  errorClass: z.string().nullable(),
  billed: z.enum(["yes", "no", "unknown"]),
  /** USD, decimal string; null is unpriced. */
  costUsd: z.string().nullable(),
  priceStatus: z.string(),
});

/** The attempts of one request in a stretch of time; a call that was split counts once. */
export async function attemptsOf(db: Db, question: RetryQuestion, rootRequestId: string, limit: number) {
  const { tenantId, from, to } = question;
  const rows = await db.$queryRaw`
    SELECT coalesce(share_of, call_id) AS id, occurred_at AS "occurredAt", attempt, provider, model, error_class AS "errorClass",
      billed, trim_scale(sum(cost_usd))::text AS "costUsd", min(price_status) AS "priceStatus"
    FROM call
    WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at <= ${to}::timestamptz
      AND root_request_id = ${rootRequestId}
    GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY attempt, occurred_at, 1 LIMIT ${limit}`;
  return z.array(Attempt).parse(rows);
}
