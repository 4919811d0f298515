import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { runSumNames } from "@/server/rollups/run-shape";
import {
  RunFigures,
  type RunFilter,
  runFilters,
  type RunOrder,
  RunTag,
  type RunTotals,
} from "../runs-schemas";
import { firstWholeRunsSql, type RunSource, rowsOfRunsSql } from "./run-source";
import { tagValues, withoutTags } from "./run-tags";
import { figuresOfRun, Totals, totalsSql } from "./run-totals";

export interface RunsQuestion extends RunSource {
  order: RunOrder;
  offset: number;
  limit: number;
}

const raw = (text: string) => Prisma.raw(text);

const orderOf: Record<RunOrder, string> = {
  cost: "cost_usd DESC",
  calls: "calls DESC",
  duration: "last_at - first_at DESC",
  newest: "first_at DESC",
};
const durationMs =
  "(extract(epoch FROM date_trunc('milliseconds', last_at) - date_trunc('milliseconds', first_at)) * 1000)::bigint";
const instant = (sql: string) => `to_char(${sql}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const Row = RunFigures.extend({
  runId: z.string(),
  firstAt: z.string(),
  lastAt: z.string(),
  durationMs: z.coerce.number().int(),
  /** Of this run and all before it, in this order. */
  runningUsd: z.string(),
});
const Answer = Totals.extend({ rows: z.array(Row) });
export type RunRows = z.infer<typeof Answer>;

/** SQL of all runs in one figure each and a page of them, one row of JSON. */
export function runsSql(question: RunsQuestion): Prisma.Sql {
  const order = raw(`${orderOf[question.order]}, run_id`);
  const most = question.offset + question.limit;
  const { names, totals, hasEveryRun } = totalsSql(question);
  // A run of one day begins in it, so that the days' own order serves.
  const byIndex = raw(`${question.order === "newest" ? "day DESC, " : ""}${orderOf[question.order]}, run_id`);
  const columns = raw(["run_id", "first_at", "last_at", ...runSumNames].join(", "));
  const counted = Prisma.sql`(SELECT ${columns} FROM loose ORDER BY ${order} LIMIT ${most})
      UNION ALL SELECT ${columns} FROM (${firstWholeRunsSql(question, byIndex, most)}) AS whole`;
  const first = hasEveryRun
    ? Prisma.sql`SELECT ${columns} FROM run ORDER BY ${order} LIMIT ${most}`
    : counted;
  return Prisma.sql`
    WITH ${names}, first AS (
      ${first}
    ), picked AS (
      SELECT *, row_number() OVER in_order AS nth, sum(cost_usd) OVER in_order AS running FROM first
      WINDOW in_order AS (ORDER BY ${order} ROWS UNBOUNDED PRECEDING)
    )
    SELECT ${totals} AS totals,
      coalesce((SELECT json_agg(json_build_object('runId', run_id, 'firstAt', ${raw(instant("first_at"))}, 'lastAt', ${raw(instant("last_at"))},
        'durationMs', ${raw(durationMs)}::text, 'runningUsd', trim_scale(running)::text, ${figuresOfRun}) ORDER BY nth)
        FROM picked WHERE nth > ${question.offset} AND nth <= ${most}), '[]') AS rows`;
}

export async function loadRuns(db: Db, question: RunsQuestion): Promise<RunRows> {
  return z.tuple([Answer]).parse(await db.$queryRaw(runsSql(question)))[0];
}

export async function loadRunTotals(db: Db, source: RunSource): Promise<RunTotals> {
  const { names, totals } = totalsSql(source);
  const rows = await db.$queryRaw`WITH ${names} SELECT ${totals} AS totals`;
  return z.tuple([Totals]).parse(rows)[0].totals;
}

const Tag = RunTag.extend({ runId: z.string(), tag: z.enum(runFilters) });

/** Whose these runs are: of each tag its dearest value in the run, and how many others it has. */
export async function loadRunTags(
  db: Db,
  source: RunSource,
  runIds: readonly string[],
): Promise<Map<string, Record<RunFilter, RunTag>>> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT ON (run_id, tag) run_id AS "runId", tag, nullif(value, '') AS key,
      (count(*) OVER (PARTITION BY run_id, tag) - 1)::int AS others
    FROM (
      SELECT run_id, tag, value, sum(cost_usd) AS cost, sum(calls) AS calls
      FROM ${rowsOfRunsSql(source, runIds)} AS source, LATERAL (VALUES ${tagValues}) AS tags(tag, value) GROUP BY 1, 2, 3
    ) AS valued ORDER BY run_id, tag, cost DESC, calls DESC, value`;
  const found = new Map<string, Record<RunFilter, RunTag>>();
  for (const { runId, tag, key, others } of z.array(Tag).parse(rows)) {
    const tags = found.get(runId) ?? withoutTags();
    tags[tag] = { key, others };
    found.set(runId, tags);
  }
  return found;
}
