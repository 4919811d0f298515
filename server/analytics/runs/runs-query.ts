import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { runSumNames } from "@/server/rollups/run-shape";
import { RunFigures, type RunFilter, runFilters, type RunOrder, RunTag, RunTotals } from "../runs-schemas";
import { type RunSource, runSourceSql } from "./run-source";
import { tagValues, withoutTags } from "./run-tags";

export interface RunsQuestion extends RunSource {
  order: RunOrder;
  offset: number;
  limit: number;
}

const raw = (text: string) => Prisma.raw(text);
const list = (parts: readonly string[]) => raw(parts.join(", "));

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
const figures = Object.entries(figureOf);
const isUsd = (column: string) => column.endsWith("_usd");
const asText = (column: string, sql: string) => (isUsd(column) ? `trim_scale(${sql})::text` : `${sql}::text`);

const sums = list(runSumNames.map((name) => `sum(${name}) AS ${name}`));
/** Of rows of runs, as JSON: whole numbers as text, since JSON's own end at 2^53. */
const figuresOfRun = list(figures.map(([name, column]) => `'${name}', ${asText(column, column)}`));
const figuresOfAll = list(
  figures.map(([name, column]) => `'${name}', ${asText(column, `coalesce(sum(${column}), 0)`)}`),
);

const orderOf: Record<RunOrder, string> = {
  cost: "cost_usd DESC",
  calls: "calls DESC",
  duration: "last_at - first_at DESC",
  newest: "first_at DESC",
};
/** A run of which nothing has a price has no known cost: not nothing. */
const isUnpriced = "cost_usd = 0 AND unpriced_calls + unpriced_tokens > 0 AND calls <= unpriced_calls";
const durationMs =
  "(extract(epoch FROM date_trunc('milliseconds', last_at) - date_trunc('milliseconds', first_at)) * 1000)::bigint";

const percents = { p50: 0.5, p75: 0.75, p90: 0.9, p95: 0.95, p99: 0.99, max: 1 };
/** percentile_disc is the nearest rank: the first value that so many runs do not exceed. */
const percentileArray = `ARRAY[${Object.values(percents).join(", ")}]`;
const percentilesSql = (of: string, condition = "true") =>
  `array_to_json((percentile_disc(${percentileArray}) WITHIN GROUP (ORDER BY ${of}) FILTER (WHERE ${condition}))::text[])`;
const named = (values: readonly string[]) =>
  Object.fromEntries(Object.keys(percents).map((name, at) => [name, values[at]]));
const Ranked = z
  .array(z.string())
  .nullable()
  .transform((values) => values && named(values));

const instant = (sql: string) => `to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const facts = list([
  "'runs', count(*)::text",
  `'unpricedRuns', (count(*) FILTER (WHERE ${isUnpriced}))::text`,
  `'partlyUnpricedRuns', (count(*) FILTER (WHERE unpriced_calls + unpriced_tokens > 0 AND NOT (${isUnpriced})))::text`,
  "'errorRuns', (count(*) FILTER (WHERE error_calls > 0))::text",
  "'retryRuns', (count(*) FILTER (WHERE retry_calls > 0))::text",
  `'cost', ${percentilesSql("trim_scale(cost_usd)", `NOT (${isUnpriced})`)}`,
  `'steps', ${percentilesSql("calls")}`,
  `'duration', ${percentilesSql(durationMs)}`,
]);

const Row = RunFigures.extend({
  runId: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
  durationMs: z.coerce.number().int(),
  /** Of this run and all before it, in this order. */
  runningUsd: z.string(),
});
const Totals = z.preprocess((value) => {
  const { cost, steps, duration, ...rest } = z.record(z.string(), z.unknown()).parse(value);
  const ranked = { cost: Ranked.parse(cost), steps: Ranked.parse(steps), duration: Ranked.parse(duration) };
  return { ...rest, ...ranked };
}, RunTotals);
const Answer = z.object({ totals: Totals, rows: z.array(Row) });
export type RunRows = z.infer<typeof Answer>;

const grouped = (question: RunSource) => Prisma.sql`
  SELECT run_id, ${sums}, min(first_at) AS first_at, max(last_at) AS last_at FROM ${runSourceSql(question)} AS source GROUP BY run_id`;

/** SQL of all runs in one figure each and a page of them, one row of JSON. */
export function runsSql(question: RunsQuestion): Prisma.Sql {
  const order = raw(`${orderOf[question.order]}, run_id`);
  return Prisma.sql`
    WITH run AS MATERIALIZED (${grouped(question)}),
    picked AS (
      SELECT *, row_number() OVER (ORDER BY ${order}) AS nth, sum(cost_usd) OVER (ORDER BY ${order} ROWS UNBOUNDED PRECEDING) AS running
      FROM (SELECT * FROM run ORDER BY ${order} LIMIT ${question.offset + question.limit}) AS first
    )
    SELECT (SELECT json_build_object(${facts}, ${figuresOfAll}) FROM run) AS totals,
      coalesce((SELECT json_agg(json_build_object('runId', run_id, 'firstAt', ${raw(instant("first_at"))}, 'lastAt', ${raw(instant("last_at"))},
        'durationMs', ${raw(durationMs)}::text, 'runningUsd', trim_scale(running)::text, ${figuresOfRun}) ORDER BY nth)
        FROM picked WHERE nth > ${question.offset}), '[]') AS rows`;
}

export async function loadRuns(db: Db, question: RunsQuestion): Promise<RunRows> {
  return z.tuple([Answer]).parse(await db.$queryRaw(runsSql(question)))[0];
}

export async function loadRunTotals(db: Db, source: RunSource): Promise<RunTotals> {
  const rows = await db.$queryRaw`
    WITH run AS (${grouped(source)}) SELECT json_build_object(${facts}, ${figuresOfAll}) AS totals FROM run`;
  return z.tuple([z.object({ totals: Totals })]).parse(rows)[0].totals;
}

const Tag = RunTag.extend({ runId: z.string(), tag: z.enum(runFilters) });

/** Whose these runs are: of each tag its dearest value in the run, and how many others it has. */
export async function loadRunTags(
  db: Db,
  source: RunSource & { runIds: readonly string[] },
): Promise<Map<string, Record<RunFilter, RunTag>>> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT ON (run_id, tag) run_id AS "runId", tag, nullif(value, '') AS key,
      (count(*) OVER (PARTITION BY run_id, tag) - 1)::int AS others
    FROM (
      SELECT run_id, tag, value, sum(cost_usd) AS cost, sum(calls) AS calls
      FROM ${runSourceSql(source)} AS source, LATERAL (VALUES ${tagValues}) AS tags(tag, value) GROUP BY 1, 2, 3
    ) AS valued ORDER BY run_id, tag, cost DESC, calls DESC, value`;
  const found = new Map<string, Record<RunFilter, RunTag>>();
  for (const { runId, tag, key, others } of z.array(Tag).parse(rows)) {
    const tags = found.get(runId) ?? withoutTags();
    tags[tag] = { key, others };
    found.set(runId, tags);
  }
  return found;
}
