import { z } from "zod";
import type { Db } from "@/server/db";
import { type AttemptsQuestion, failuresSource, retriesSource } from "./errors/attempts-query";
import { sourceSql } from "./source-query";

/** A stretch of the ledger. */
export interface RequestQuestion {
  tenantId: string;
  from: Date;
  to: Date;
}

const count = z.coerce.number().int();

const RetriesOfClass = z.object({
  /** How the attempt before had failed; null: the ledger has no failure that explains it. */
  errorClass: z.string().nullable(),
  calls: count,
  costUsd: z.string(),
  unpricedCalls: count,
});

/** Attempts beyond the first by what made them necessary (server/rollups/retry-causes-query.ts), the dearest first. */
export async function retriesByClass(db: Db, question: AttemptsQuestion) {
  const rows = await db.$queryRaw`
    SELECT nullif(cause, '') AS "errorClass", sum(calls)::text AS calls, trim_scale(sum(cost_usd))::text AS "costUsd",
      sum(unpriced_calls)::text AS "unpricedCalls"
    FROM ${retriesSource(question)} AS source
    GROUP BY cause ORDER BY sum(cost_usd) DESC, sum(calls) DESC, nullif(cause, '')`;
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
export async function billedFailures(db: Db, question: AttemptsQuestion) {
  const rows = await db.$queryRaw`
    SELECT error_class AS "errorClass", sum(calls)::text AS calls, trim_scale(sum(cost_usd))::text AS "costUsd",
      coalesce(sum(calls) FILTER (WHERE billed = 'unknown'), 0)::text AS "unknownCalls",
      trim_scale(coalesce(sum(cost_usd) FILTER (WHERE billed = 'unknown'), 0))::text AS "unknownCostUsd"
    FROM ${failuresSource(question)} AS source WHERE billed <> 'no'
    GROUP BY 1 ORDER BY sum(cost_usd) DESC, sum(calls) DESC, 1`;
  return z.array(FailuresOfClass).parse(rows);
}

const RetriesOfFeature = z.object({
  isTotal: z.boolean(),
  feature: z.string().nullable(),
  calls: count,
  costUsd: z.string(),
  retryCalls: count,
  retryCostUsd: z.string(),
});

/** What attempts beyond the first cost of each feature that has any, the dearest feature first, after the total of all. */
export async function retriesByFeature(db: Db, question: AttemptsQuestion) {
  const source = sourceSql({ ...question, dimensions: ["feature"], granularity: "total", knownAt: null });
  const rows = await db.$queryRaw`
    SELECT grouping(feature) = 1 AS "isTotal", nullif(feature, '') AS feature, coalesce(sum(calls), 0)::text AS calls,
      trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd", coalesce(sum(retry_calls), 0)::text AS "retryCalls",
      trim_scale(coalesce(sum(retry_cost_usd), 0))::text AS "retryCostUsd"
    FROM ${source} AS source GROUP BY GROUPING SETS ((feature), ())
    HAVING grouping(feature) = 1 OR sum(retry_calls) > 0
    ORDER BY 1 DESC, sum(cost_usd) DESC, nullif(feature, '') NULLS LAST`;
  return z.array(RetriesOfFeature).parse(rows);
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
export async function attemptsOf(db: Db, question: RequestQuestion, rootRequestId: string, limit: number) {
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
