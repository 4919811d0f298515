import { z } from "zod";
import { CallRow } from "@/server/calls/call-row";
import { callColumns } from "@/server/calls/list-query";
import type { Db } from "@/server/db";
import { filterSql } from "../conditions";
import { fewestCallsOfMedian, outlierFactor } from "./outliers-schemas";
import type { SpendFilter } from "../schemas";

export interface OutliersQuestion {
  tenantId: string;
  from: Date;
  /** Inclusive. */
  to: Date;
  filter: SpendFilter;
  limit: number;
}

const count = z.coerce.number().int();

export const DearCall = CallRow.extend({
  /** Calls of its feature in the window that cost something, and their median, USD; null when they are too few. */
  featureCalls: count.nullable(),
  medianUsd: z.string().nullable(),
  /** Its cost over the median, to two decimals. */
  ratio: z.string().nullable(),
  isOutlier: z.boolean(),
});
export type DearCall = z.infer<typeof DearCall>;

const Summary = z.object({
  calls: count,
  unpricedCalls: count,
  costUsd: z.string(),
  outliers: count,
  outliersUsd: z.string(),
});
/** Without any call there is one row all the same, of the summary. */
const Row = z.object({ total: Summary, id: z.string().nullable() }).loose();
const Answer = z.tuple([Row], Row);

/**
 * The dearest calls of a window, each with the median cost per call of its feature, and how many of all are far out. One
 * range of the ledger's key is read, once. A call that served several is one, of its first share's feature.
 */
export async function dearestCalls(
  db: Db,
  { tenantId, from, to, filter, limit }: OutliersQuestion,
): Promise<{ calls: DearCall[]; total: z.infer<typeof Summary> }> {
  // The calls of a busy week are looked at three times: they should not be written to disk in between.
  await db.$executeRaw`SELECT set_config('work_mem', '32MB', true)`;
  const rows = await db.$queryRaw`
    WITH scanned AS MATERIALIZED (
      SELECT occurred_at, call_id, coalesce(feature, '') AS feature, cost_usd, share_of, share_no,
        (true ${filterSql(filter, (column) => `coalesce(${column}, '')`)}) AS is_asked
      FROM call WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at <= ${to}::timestamptz
    ), whole AS NOT MATERIALIZED (
      SELECT occurred_at, call_id, share_of, feature, cost_usd, is_asked FROM scanned WHERE share_of IS NULL
      UNION ALL
      SELECT occurred_at, (array_agg(call_id ORDER BY share_no))[1], share_of, (array_agg(feature ORDER BY share_no))[1],
        sum(cost_usd), bool_or(is_asked)
      FROM scanned WHERE share_of IS NOT NULL GROUP BY occurred_at, share_of
    ), median AS (
      SELECT feature, percentile_disc(0.5) WITHIN GROUP (ORDER BY cost_usd) AS usd, count(*) AS calls
      FROM whole WHERE cost_usd > 0 GROUP BY feature HAVING count(*) >= ${fewestCallsOfMedian}
    ), judged AS MATERIALIZED (
      SELECT w.occurred_at, w.call_id, w.share_of, w.cost_usd, m.usd AS median_usd, m.calls AS feature_calls,
        coalesce(w.cost_usd > ${outlierFactor} * m.usd, false) AS is_outlier
      FROM whole w LEFT JOIN median m USING (feature) WHERE w.is_asked
    ), summary AS (
      SELECT count(*)::text AS calls, count(*) FILTER (WHERE cost_usd IS NULL)::text AS "unpricedCalls",
        trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd", count(*) FILTER (WHERE is_outlier)::text AS outliers,
        trim_scale(coalesce(sum(cost_usd) FILTER (WHERE is_outlier), 0))::text AS "outliersUsd"
      FROM judged
    ), dearest AS (
      SELECT * FROM judged WHERE cost_usd IS NOT NULL ORDER BY cost_usd DESC, occurred_at DESC, call_id LIMIT ${limit}
    ), told AS (
      SELECT d.cost_usd AS cost, d.occurred_at AS at, listed.*, trim_scale(d.cost_usd)::text AS "wholeUsd", tokens.*,
        d.feature_calls::text AS "featureCalls", trim_scale(d.median_usd)::text AS "medianUsd",
        trim_scale(round(d.cost_usd / d.median_usd, 2))::text AS ratio, d.is_outlier AS "isOutlier"
      FROM dearest d,
        LATERAL (SELECT ${callColumns} FROM call
          WHERE tenant_id = ${tenantId}::uuid AND occurred_at = d.occurred_at AND call_id = d.call_id) AS listed,
        LATERAL (
          SELECT sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)::int
              AS "wholeInput",
            sum(visible_output_tokens + reasoning_tokens + audio_output_tokens)::int AS "wholeOutput",
            sum(cache_read_tokens)::int AS "wholeCacheRead"
          FROM call WHERE tenant_id = ${tenantId}::uuid AND occurred_at = d.occurred_at
            AND (call_id = d.call_id OR share_of = d.share_of)
        ) AS tokens
    )
    SELECT to_json(summary) AS total, told.* FROM summary LEFT JOIN told ON true
    ORDER BY told.cost DESC, told.at DESC, told.id`;
  const answer = Answer.parse(rows);
  const calls = answer.flatMap(({ id, wholeUsd, wholeInput, wholeOutput, wholeCacheRead, ...call }) =>
    id === null
      ? []
      : [
          DearCall.parse({
            ...call,
            id,
            costUsd: wholeUsd,
            inputTokens: wholeInput,
            outputTokens: wholeOutput,
            cacheReadTokens: wholeCacheRead,
          }),
        ],
  );
  return { calls, total: answer[0].total };
}
