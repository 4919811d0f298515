import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Built } from "@/server/analytics/pieces";
import type { Range } from "@/server/analytics/range";
import type { Grouping, SpendFilter } from "@/server/analytics/schemas";
import { sourceSql } from "@/server/analytics/source-query";
import type { Db } from "@/server/db";
import { nothing, type Point, Series } from "../series";

/** Of which tenant, as far as its roll-ups are. */
export interface Scope {
  tenantId: string;
  timeZone: string;
  built: Built;
}

const raw = (text: string) => Prisma.raw(text);
const columns: Partial<Record<Grouping, string>> = {
  feature: "feature",
  environment: "environment",
  team: "team",
  user: "user_id",
  account: "account_id",
};

/** Rows of several ranges, which do not overlap. */
function union(
  scope: Scope,
  ranges: readonly Range[],
  question: { dimensions: readonly Grouping[]; filter?: SpendFilter; granularity: "quarter" | "day" },
): Prisma.Sql {
  const parts = ranges.map(
    (range) =>
      Prisma.sql`SELECT * FROM ${sourceSql({ filter: {}, ...question, ...scope, range, knownAt: null })} AS part`,
  );
  return Prisma.sql`(${Prisma.join(parts, " UNION ALL ")})`;
}

const numbers = z.array(z.number());
const texts = z.array(z.string());
const Row = z.object({
  key: z.string(),
  at: numbers,
  costUsd: texts,
  calls: numbers,
  unpricedCalls: numbers,
  retryCalls: numbers,
  retryCostUsd: texts,
  latencyMs: numbers,
  latencyCalls: numbers,
  inputTokens: numbers,
  cacheReadTokens: numbers,
});

const inputTokens =
  "fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens";
const sums = `trim_scale(sum(cost_usd))::text AS cost, sum(calls)::float8 AS calls, sum(unpriced_calls)::float8 AS unpriced,
  sum(retry_calls)::float8 AS retries, trim_scale(sum(retry_cost_usd))::text AS retry_cost,
  sum(latency_ms)::float8 AS latency, sum(latency_calls)::float8 AS latency_calls,
  sum(${inputTokens})::float8 AS input, sum(cache_read_tokens)::float8 AS cache_read`;
const arrays = `array_agg(at ORDER BY at) AS at, array_agg(cost ORDER BY at) AS "costUsd", array_agg(calls ORDER BY at) AS calls,
  array_agg(unpriced ORDER BY at) AS "unpricedCalls", array_agg(retries ORDER BY at) AS "retryCalls",
  array_agg(retry_cost ORDER BY at) AS "retryCostUsd", array_agg(latency ORDER BY at) AS "latencyMs",
  array_agg(latency_calls ORDER BY at) AS "latencyCalls", array_agg(input ORDER BY at) AS "inputTokens",
  array_agg(cache_read ORDER BY at) AS "cacheReadTokens"`;

function seriesOf(rows: unknown): Map<string, Series> {
  return new Map(
    z.array(Row).parse(rows).map((row) => [
      row.key,
      new Series(
        new Map(
          row.at.map((at, i): [number, Point] => [
            at,
            {
              costUsd: row.costUsd[i] ?? nothing.costUsd,
              calls: row.calls[i] ?? 0,
              unpricedCalls: row.unpricedCalls[i] ?? 0,
              retryCalls: row.retryCalls[i] ?? 0,
              retryCostUsd: row.retryCostUsd[i] ?? nothing.retryCostUsd,
              latencyMs: row.latencyMs[i] ?? 0,
              latencyCalls: row.latencyCalls[i] ?? 0,
              inputTokens: row.inputTokens[i] ?? 0,
              cacheReadTokens: row.cacheReadTokens[i] ?? 0,
            },
          ]),
        ),
      ),
    ]),
  ); // prettier-ignore
}

async function ask(
  db: Db,
  source: Prisma.Sql,
  dimension: Grouping | null,
  at: string,
): Promise<Map<string, Series>> {
  const key = (dimension && columns[dimension]) ?? "''";
  const rows = await db.$queryRaw`
    SELECT key, ${raw(arrays)} FROM (
      SELECT ${raw(key)} AS key, ${raw(at)} AS at, ${raw(sums)} FROM ${source} AS source GROUP BY 1, 2
    ) AS summed GROUP BY key`;
  return seriesOf(rows);
}

/**
 * Sums by hour, numbered by the UTC hour in which they begin, of every value of a tag ('' is none).
 * @param offsetQuarters how many quarters of an hour after UTC's an hour of the zone begins
 */
export function hoursBy(
  db: Db,
  scope: Scope,
  dimension: Grouping,
  ranges: readonly Range[],
  offsetQuarters: number,
): Promise<Map<string, Series>> {
  const source = union(scope, ranges, { dimensions: [dimension], granularity: "quarter" });
  return ask(db, source, dimension, `((bucket - ${String(offsetQuarters)}) / 4)`);
}

/** Sums by local day, numbered from 1970-01-01; without a tag, of everything under ''. */
export function daysBy(
  db: Db,
  scope: Scope,
  dimension: Grouping | null,
  range: Range,
  filter: SpendFilter = {},
): Promise<Map<string, Series>> {
  const source = union(scope, [range], {
    dimensions: dimension ? [dimension] : [],
    filter,
    granularity: "day",
  });
  return ask(db, source, dimension, "(bucket::date - DATE '1970-01-01')");
}

/** Users with a day in the range that cost at least so much. */
export async function dearUsers(db: Db, scope: Scope, range: Range, leastUsd: number): Promise<string[]> {
  const source = union(scope, [range], { dimensions: ["user"], granularity: "day" });
  const rows = await db.$queryRaw`
    SELECT DISTINCT user_id AS key FROM (
      SELECT user_id FROM ${source} AS source WHERE user_id <> ''
      GROUP BY user_id, bucket HAVING sum(cost_usd) >= ${leastUsd}::numeric) AS dear ORDER BY 1`;
  return z.array(z.object({ key: z.string() })).parse(rows).map(({ key }) => key); // prettier-ignore
}
