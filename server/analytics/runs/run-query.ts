import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { inputColumns, outputColumns, runBounds, runSums } from "@/server/rollups/run-shape";
import { mostRunCalls, RunFigures, type RunFilter, runFilters, RunTag } from "../runs-schemas";
import type { Stretch } from "./stretches";
import { tagValues, withoutTags } from "./run-tags";

const raw = (text: string) => Prisma.raw(text);
const Bounds = z.array(z.object({ from: z.date(), to: z.date() }));
/** Hours that wait to be rolled up and are looked through for calls of a run at most, the newest. */
const mostPendingHours = 48;

/** Where calls of a run may be: its days as rolled up, and the newest hours that wait to be. */
export async function runWhereabouts(
  db: Db,
  tenantId: string,
  runId: string,
): Promise<{ rolledUp: Stretch[]; pending: Stretch[] }> {
  const days = await db.$queryRaw`
    SELECT min(first_at) AS from, max(last_at) AS to FROM rollup_run_day
    WHERE tenant_id = ${tenantId}::uuid AND run_id = ${runId} GROUP BY day`;
  const hours = await db.$queryRaw`
    SELECT hour AS from, hour + interval '1 hour' AS to FROM (
      SELECT DISTINCT hour FROM rollup_dirty WHERE tenant_id = ${tenantId}::uuid ORDER BY hour DESC LIMIT ${mostPendingHours}
    ) AS newest`;
  return { rolledUp: Bounds.parse(days), pending: Bounds.parse(hours) };
}

const count = z.coerce.number().int();
const instant = z.string();

const RunCall = z.object({
  id: z.string(),
  occurredAt: instant,
  kind: z.string(),
  provider: z.string(),
  model: z.string(),
  feature: z.string().nullable(),
  promptId: z.string().nullable(),
  promptVersion: z.string().nullable(),
  attempt: z.number(),
  errorClass: z.string().nullable(),
  latencyMs: z.number().nullable(),
  inputTokens: count,
  outputTokens: count,
  cacheReadTokens: count,
  /** USD, decimal string; null is unpriced. */
  costUsd: z.string().nullable(),
  priceStatus: z.string(),
  /** What the run had cost with this call. */
  cumulativeUsd: z.string(),
});

const RunModel = z.object({
  kind: z.string(),
  provider: z.string(),
  model: z.string(),
  calls: count,
  costUsd: z.string(),
  unpricedCalls: count,
});

const tagNames = z.enum(runFilters);
const Found = z.object({
  figures: RunFigures.extend({ firstAt: instant, lastAt: instant, durationMs: count }).nullable(),
  models: z.array(RunModel),
  tags: z
    .array(RunTag.extend({ tag: tagNames }))
    .transform((found) =>
      found.reduce<Record<RunFilter, RunTag>>(
        (tags, { tag, ...rest }) => ({ ...tags, [tag]: rest }),
        withoutTags(),
      ),
    ),
  calls: z.array(RunCall),
});
export type FoundRun = z.infer<typeof Found>;

const iso = (sql: string) => `to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const usd = (sql: string) => `trim_scale(${sql})::text`;
const camel = (column: string) => column.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
const figures = Object.entries(runSums)
  .map(([name, sql]) => `'${camel(name)}', ${name.endsWith("_usd") ? usd(sql) : `(${sql})::text`}`)
  .join(", ");
const sumColumns = (columns: readonly string[]) => `sum(${columns.join(" + ")})`;

/**
 * One run from the ledger: its figures, whose it is, its models and its first calls in the order of time. A call that served
 * several users is one step.
 */
export async function loadRun(
  db: Db,
  tenantId: string,
  runId: string,
  stretches: readonly Stretch[],
): Promise<FoundRun> {
  const rows = await db.$queryRaw`
    WITH c AS MATERIALIZED (
      SELECT call.* FROM unnest(${stretches.map(({ from }) => from.toISOString())}::timestamptz[], ${stretches.map(({ to }) => to.toISOString())}::timestamptz[]) AS s(first, last),
        LATERAL (SELECT * FROM call WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= s.first AND occurred_at <= s.last AND run_id = ${runId}) AS call
    ), step AS (
      SELECT coalesce(share_of, call_id) AS id, occurred_at, min(kind) AS kind, min(provider) AS provider, min(model) AS model, min(feature) AS feature,
        min(prompt_id) AS prompt_id, min(prompt_version) AS prompt_version, min(attempt) AS attempt, min(error_class) AS error_class,
        max(latency_ms) AS latency_ms, ${raw(sumColumns(inputColumns))} AS input_tokens, ${raw(sumColumns(outputColumns))} AS output_tokens,
        sum(cache_read_tokens) AS cache_read_tokens, sum(cost_usd) AS cost_usd, min(price_status) AS price_status
      FROM c GROUP BY 1, 2
    ), told AS (
      SELECT *, sum(coalesce(cost_usd, 0)) OVER in_time AS cumulative, row_number() OVER in_time AS nth FROM step
      WINDOW in_time AS (ORDER BY occurred_at, id ROWS UNBOUNDED PRECEDING)
    ), model AS (
      SELECT kind, provider, model, ${raw(runSums.calls)} AS calls, ${raw(runSums.cost_usd)} AS cost, ${raw(runSums.unpriced_calls)} AS unpriced
      FROM c GROUP BY 1, 2, 3
    ), tag AS (
      SELECT DISTINCT ON (tag) tag, value, count(*) OVER (PARTITION BY tag) - 1 AS others
      FROM (SELECT tag, coalesce(value, '') AS value, ${raw(runSums.cost_usd)} AS cost, ${raw(runSums.calls)} AS calls
        FROM c, LATERAL (VALUES ${tagValues}) AS tags(tag, value) GROUP BY 1, 2) AS valued
      ORDER BY tag, cost DESC, calls DESC, value
    )
    SELECT
      (SELECT json_build_object('firstAt', ${raw(iso(runBounds.first_at))}, 'lastAt', ${raw(iso(runBounds.last_at))},
        'durationMs', (extract(epoch FROM date_trunc('milliseconds', ${raw(runBounds.last_at)}) - date_trunc('milliseconds', ${raw(runBounds.first_at)})) * 1000)::bigint::text,
        ${raw(figures)}) FROM c HAVING count(*) > 0) AS figures,
      coalesce((SELECT json_agg(json_build_object('kind', kind, 'provider', provider, 'model', model, 'calls', calls::text,
        'costUsd', ${raw(usd("cost"))}, 'unpricedCalls', unpriced::text) ORDER BY cost DESC, calls DESC, provider, model, kind) FROM model), '[]') AS models,
      coalesce((SELECT json_agg(json_build_object('tag', tag, 'key', nullif(value, ''), 'others', others)) FROM tag), '[]') AS tags,
      coalesce((SELECT json_agg(json_build_object('id', id, 'occurredAt', ${raw(iso("occurred_at"))}, 'kind', kind, 'provider', provider, 'model', model,
        'feature', feature, 'promptId', prompt_id, 'promptVersion', prompt_version, 'attempt', attempt, 'errorClass', error_class,
        'latencyMs', latency_ms, 'inputTokens', input_tokens::text, 'outputTokens', output_tokens::text, 'cacheReadTokens', cache_read_tokens::text,
        'costUsd', ${raw(usd("cost_usd"))}, 'priceStatus', price_status, 'cumulativeUsd', ${raw(usd("cumulative"))}) ORDER BY nth)
        FROM told WHERE nth <= ${mostRunCalls}), '[]') AS calls`;
  return z.tuple([Found]).parse(rows)[0];
}
