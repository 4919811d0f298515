import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { buckets } from "@/server/prices/buckets";

const text = z.string();
const units = Object.fromEntries(buckets.map((bucket) => [bucket, text])) as Record<
  (typeof buckets)[number],
  typeof text
>;
const Row = z.object({
  day: z.string(),
  provider: z.string(),
  model: z.string(),
  batch: z.boolean(),
  serviceTier: z.string().nullable(),
  priceVersionId: z.string().nullable(),
  priceRuleId: z.string().nullable(),
  band: z.number(),
  calls: z.number(),
  /** Null where none of the calls has a price. */
  costUsd: z.string().nullable(),
  isUnpriced: z.boolean(),
  isReported: z.boolean(),
  ...units,
});
export type LedgerRow = z.infer<typeof Row>;

interface Stretch {
  tenantId: string;
  /** Days of UTC, both inclusive. */
  first: string;
  last: string;
}

/** The models that were called on those days, as senders named them. */
export async function calledModels(db: Db, { tenantId, first, last }: Stretch) {
  const rows = await db.$queryRaw`
    SELECT DISTINCT provider, model FROM rollup_slot
    WHERE tenant_id = ${tenantId}::uuid AND slot >= ${first}::date AND slot < ${last}::date + 1`;
  return z.array(z.object({ provider: z.string(), model: z.string() })).parse(rows);
}

/**
 * The calls of those days that a provider bills, summed as far as one rate holds. Read from the calls themselves: the roll-ups
 * know neither service tier nor batch, and a bill does. A call of a closed month costs what its last correction says.
 * @param others providers that are not asked about, as calls name them
 * @param tierStarts total input tokens at which some rate changes, ascending
 */
export async function listLedger(
  db: Db,
  { tenantId, first, last, others }: Stretch & { others: string[] },
  tierStarts: readonly number[],
): Promise<LedgerRow[]> {
  const of = Prisma.sql`tenant_id = ${tenantId}::uuid AND occurred_at >= ${first}::date AND occurred_at < ${last}::date + 1`;
  const rows = await db.$queryRaw`
    WITH corrected AS MATERIALIZED (
      SELECT DISTINCT ON (occurred_at, call_id) occurred_at, call_id, cost_usd, price_status, price_version_id, price_rule_id
      FROM call_correction WHERE ${of} ORDER BY occurred_at, call_id, n DESC
    ), known AS (
      SELECT c.*, k.call_id IS NOT NULL AS is_corrected, k.cost_usd AS new_cost_usd, k.price_status AS new_status,
        k.price_version_id AS new_version_id, k.price_rule_id AS new_rule_id
      FROM (SELECT * FROM call WHERE ${of} AND provider <> ALL (${others}::text[]) AND billed <> 'no' AND cache = 'none') AS c
      LEFT JOIN corrected AS k ON k.occurred_at = c.occurred_at AND k.call_id = c.call_id
    ), priced AS (
      SELECT known.*, CASE WHEN is_corrected THEN new_cost_usd ELSE cost_usd END AS usd,
        CASE WHEN is_corrected THEN new_status ELSE price_status END AS status,
        CASE WHEN is_corrected THEN new_version_id ELSE price_version_id END AS version_id,
        CASE WHEN is_corrected THEN new_rule_id ELSE price_rule_id END AS rule_id
      FROM known
    )
    SELECT (occurred_at AT TIME ZONE 'UTC')::date::text AS day, provider, model, batch, service_tier AS "serviceTier",
      version_id AS "priceVersionId", rule_id AS "priceRuleId",
      width_bucket(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens,
        ${[0, ...tierStarts]}::integer[]) AS band,
      status IN ('unpriced') AS "isUnpriced", status = 'reported' AS "isReported",
      count(*)::integer AS calls, trim_scale(sum(usd))::text AS "costUsd",
      sum(fresh_input_tokens)::text AS "freshInputTokens", sum(cache_read_tokens)::text AS "cacheReadTokens",
      sum(cache_write_5m_tokens)::text AS "cacheWrite5mTokens", sum(cache_write_1h_tokens)::text AS "cacheWrite1hTokens",
      sum(audio_input_tokens)::text AS "audioInputTokens", sum(visible_output_tokens)::text AS "visibleOutputTokens",
      sum(reasoning_tokens)::text AS "reasoningTokens", sum(audio_output_tokens)::text AS "audioOutputTokens",
      sum(tool_units)::text AS "toolUnits"
    FROM priced
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10
    ORDER BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;
  return z.array(Row).parse(rows);
}
