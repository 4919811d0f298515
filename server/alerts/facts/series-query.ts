import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Built } from "@/server/analytics/pieces";
import type { Range } from "@/server/analytics/range";
import type { Grouping, SpendFilter } from "@/server/analytics/schemas";
import { sourceSql } from "@/server/analytics/source-query";
import type { Db } from "@/server/db";
import { type HourPoint, type Point, Series } from "../series";

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

const inputTokens =
  "fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens";
/** In the order in which a point is told. */
const hourSums = [
  "trim_scale(sum(cost_usd))",
  "sum(calls)",
  "sum(retry_calls)",
  "trim_scale(sum(retry_cost_usd))",
];
const daySums = [
  ...hourSums,
  "sum(unpriced_calls)",
  "sum(latency_ms)",
  "sum(latency_calls)",
  `sum(${inputTokens})`,
  "sum(cache_read_tokens)",
];
const Row = z.object({ key: z.string(), points: z.string() });

type Told<Of> = (told: string) => [number, Of];

const hourPoint: Told<HourPoint> = (told) => {
  const [at, costUsd, calls, retries, retryCostUsd] = told.split(" ");
  if (costUsd === undefined || retryCostUsd === undefined)
    throw new RangeError(`Not a point of a series: ${told}`);
  return [Number(at), { costUsd, calls: Number(calls), retryCalls: Number(retries), retryCostUsd }];
};
const dayPoint: Told<Point> = (told) => {
  const [at, point] = hourPoint(told);
  const [unpriced, latency, latencyCalls, input, cacheRead] = told.split(" ").slice(1 + hourSums.length);
  if (cacheRead === undefined) throw new RangeError(`Not a day of a series: ${told}`);
  return [
    at,
    {
      ...point,
      unpricedCalls: Number(unpriced),
      latencyMs: Number(latency),
      latencyCalls: Number(latencyCalls),
      inputTokens: Number(input),
      cacheReadTokens: Number(cacheRead),
    },
  ];
};

interface Asked<Of extends HourPoint> {
  dimension: Grouping | null;
  at: string;
  sums: readonly string[];
  told: Told<Of>;
}

/** Each series comes as one text: thousands of points as rows, or as arrays, take ten times as long to read as to sum. */
async function ask<Of extends HourPoint>(
  db: Db,
  source: Prisma.Sql,
  { dimension, at, sums, told }: Asked<Of>,
): Promise<Map<string, Series<Of>>> {
  const key = (dimension && columns[dimension]) ?? "''";
  const rows = await db.$queryRaw`
    SELECT key, string_agg(at || ' ' || sums, ',') AS points FROM (
      SELECT ${raw(key)} AS key, ${raw(at)} AS at, concat_ws(' ', ${raw(sums.join(", "))}) AS sums
      FROM ${source} AS source GROUP BY 1, 2
    ) AS summed GROUP BY key`;
  const found = z.array(Row).parse(rows);
  return new Map(
    found.map(({ key: name, points }) => [name, new Series(new Map(points.split(",").map(told)))]),
  );
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
  filter: SpendFilter = {},
): Promise<Map<string, Series<HourPoint>>> {
  const source = union(scope, ranges, { dimensions: [dimension], filter, granularity: "quarter" });
  const at = `((bucket - ${String(offsetQuarters)}) / 4)`;
  return ask(db, source, { dimension, at, sums: hourSums, told: hourPoint });
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
  const at = "(bucket - DATE '1970-01-01')";
  return ask(db, source, { dimension, at, sums: daySums, told: dayPoint });
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
