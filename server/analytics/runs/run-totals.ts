import { Prisma } from "@/prisma/generated/client";
import { z } from "zod";
import { runSumNames } from "@/server/rollups/run-shape";
import { costBucketSql, countedTags } from "@/server/rollups/run-size-queries";
import { isUnpricedRun, runCounts } from "@/server/rollups/run-sizes";
import { everything } from "@/server/rollups/shape";
import { filterSql } from "../conditions";
import { columnOf } from "../dimensions";
import { percents, type RunFigures, RunTotals } from "../runs-schemas";
import type { Grouping } from "../schemas";
import { partsOfRunsSql, type RunSource, wholeDaysSql, wholeRunsSql } from "./run-source";

const raw = (text: string) => Prisma.raw(text);

const figureOf = {
  calls: "calls",
  toolCalls: "tool_calls",
  inputTokens: "input_tokens",
  outputTokens: "output_tokens",
  costUsd: "cost_usd",
  unpricedCalls: "unpriced_calls",
  unpricedTokens: "unpriced_tokens",
  partialCalls: "partial_calls",
  errorCalls: "error_calls",
  retryCalls: "retry_calls",
  retryCostUsd: "retry_cost_usd",
} as const satisfies Record<keyof RunFigures, (typeof runSumNames)[number]>;
const countOf = {
  runs: "runs",
  unpricedRuns: "unpriced_runs",
  partlyUnpricedRuns: "partly_unpriced_runs",
  errorRuns: "error_runs",
  retryRuns: "retry_runs",
} as const satisfies Partial<Record<keyof RunTotals, keyof typeof runCounts>>;

/** Arguments of json_build_object. Whole numbers as text: JSON's own end at 2^53. */
const jsonOf = (names: Record<string, string>, read: (column: string) => string) =>
  Object.entries(names)
    .map(([name, column]) => {
      const sql = read(column);
      return `'${name}', ${column.endsWith("_usd") ? `trim_scale(${sql})` : sql}::text`;
    })
    .join(", ");
export const figuresOfRun = raw(jsonOf(figureOf, (column) => column));
const totalsJson = raw(jsonOf({ ...countOf, ...figureOf }, (column) => `coalesce(sum(${column}), 0)`));

const summed = raw([...Object.keys(runCounts), ...runSumNames].join(", "));
const sums = raw(runSumNames.map((name) => `sum(${name}) AS ${name}`).join(", "));
/** A run as a part of the totals. */
const asPart = raw(
  [...Object.values(runCounts).map((condition) => `(${condition})::int`), ...runSumNames].join(", "),
);

/** `loose`: runs of several rows, made one each. */
const looseSql = (source: RunSource) => Prisma.sql`loose AS MATERIALIZED (
    SELECT run_id, ${sums}, min(first_at) AS first_at, max(last_at) AS last_at FROM ${partsOfRunsSql(source)} AS parts GROUP BY run_id
  )`;

const percentRows = raw(Object.entries(percents).map(([name, percent]) => `('${name}', ${String(percent)})`).join(", ")); // prettier-ignore
const percentNames = Object.keys(percents).map((name) => `'${name}'`);
const fractions = Object.values(percents).map((percent) => String(percent / 100));
/** percentile_disc is the nearest rank: the first value that so many runs do not exceed. */
const discSql = (of: string, condition = "true") =>
  `(SELECT json_object(ARRAY[${percentNames.join(", ")}],
    (percentile_disc(ARRAY[${fractions.join(", ")}]) WITHIN GROUP (ORDER BY ${of}))::text[]) FROM run WHERE ${condition})`;

export interface TotalsSql {
  /** Names of a WITH clause. */
  names: Prisma.Sql;
  /** An expression over them: RunTotals as JSON. */
  totals: Prisma.Sql;
  /** Whether `run` is among the names: a row for every run. */
  hasEveryRun: boolean;
}

/** Totals of runs that nobody counted beforehand, one person's say: each is looked at, as a row of `run`. */
function filteredTotals(source: RunSource): TotalsSql {
  return {
    hasEveryRun: true,
    names: Prisma.sql`${looseSql(source)}, run AS MATERIALIZED (
        SELECT run_id, ${raw(runSumNames.join(", "))}, first_at, last_at FROM loose
        UNION ALL SELECT run_id, ${raw(runSumNames.join(", "))}, first_at, last_at FROM (${wholeRunsSql(source)}) AS whole
      ), part (${summed}) AS (SELECT ${asPart} FROM run)`,
    totals: Prisma.sql`(SELECT json_build_object(${totalsJson}, 'steps', ${raw(discSql("calls"))},
      'cost', ${raw(discSql("trim_scale(cost_usd)", `NOT ${isUnpricedRun}`))}) FROM part)`,
  };
}

/**
 * Totals of runs most of which were counted beforehand, day by day: of a percentile the counts tell in which bucket it
 * lies and which place it has there, and the runs of that bucket alone are looked at.
 * @param dimension of the counts: the tag that is filtered by, if any
 */
function countedTotals(source: RunSource, dimension: string): TotalsSql {
  const ofDays = wholeDaysSql(source);
  const counted = Prisma.sql`${ofDays} AND dimension = ${dimension} ${filterSql(source.filter, () => "value")}`;
  return {
    hasEveryRun: false,
    names: Prisma.sql`percents (name, percent) AS (VALUES ${percentRows}), ${looseSql(source)},
      sized AS MATERIALIZED (SELECT cost_usd, calls::bigint, ${costBucketSql} AS cost_bucket FROM loose),
      part (${summed}) AS (
        SELECT ${summed} FROM rollup_run_total WHERE ${counted} UNION ALL SELECT ${asPart} FROM loose
      ), size AS (
        SELECT measure, bucket, sum(runs)::bigint AS runs FROM (
          SELECT measure, bucket, runs FROM rollup_run_size WHERE ${counted}
          UNION ALL SELECT 'steps', calls, 1 FROM sized
          UNION ALL SELECT 'cost', cost_bucket, 1 FROM sized WHERE cost_bucket IS NOT NULL
        ) AS sizes GROUP BY 1, 2
      ), ladder AS MATERIALIZED (
        SELECT measure, bucket, sum(runs) OVER (PARTITION BY measure ORDER BY bucket) AS up_to, runs, sum(runs) OVER (PARTITION BY measure) AS whole
        FROM size
      ), rung AS (
        SELECT DISTINCT ON (measure, name) measure, name, bucket, (div(whole * percent + 99, 100) - (up_to - runs))::bigint AS nth
        FROM ladder, percents WHERE up_to >= div(whole * percent + 99, 100) ORDER BY measure, name, bucket
      ), exact AS (
        SELECT name, value FROM rung, LATERAL (
          SELECT value FROM (
            SELECT cost_usd AS value FROM rollup_run_day WHERE ${ofDays} AND alone AND cost_bucket = rung.bucket::int ${filterSql(source.filter)}
            UNION ALL SELECT cost_usd FROM sized WHERE cost_bucket = rung.bucket
          ) AS near ORDER BY value OFFSET rung.nth - 1 LIMIT 1
        ) AS found WHERE measure = 'cost'
      )`,
    totals: Prisma.sql`(SELECT json_build_object(${totalsJson},
      'steps', (SELECT json_object_agg(name, bucket::text) FROM rung WHERE measure = 'steps'),
      'cost', (SELECT json_object_agg(name, trim_scale(value)::text) FROM exact)) FROM part)`,
  };
}

/** Totals of the runs of a question; `loose` are those of several rows. */
export function totalsSql(source: RunSource): TotalsSql {
  const [tag, ...more] = (Object.keys(source.filter) as Grouping[]).map((name) => columnOf[name]);
  const dimension = tag === undefined ? everything : countedTags.find((name) => name === tag);
  if (dimension === undefined || more.length > 0 || !source.built.days) return filteredTotals(source);
  return countedTotals(source, dimension);
}

export const Totals = z.object({ totals: RunTotals });
