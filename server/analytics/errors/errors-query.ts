import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { type AttemptsQuestion, failuresSource } from "./attempts-query";
import { columnOf } from "../dimensions";
import { FailureFigures, RateFigures } from "./errors-schemas";
import type { Range } from "../range";
import { sourceSql } from "../source-query";

export interface ErrorsQuestion extends AttemptsQuestion {
  /** Null: nothing is compared. */
  compared: Range | null;
}

const raw = (text: string) => Prisma.raw(text);

/**
 * Both stretches in one, told apart by `is_before`, summed by the columns: ways of looking at them are then few rows' work.
 */
function bothSql(
  { range, compared }: ErrorsQuestion,
  columns: string,
  sums: readonly string[],
  of: (range: Range) => Prisma.Sql,
) {
  const summed = sums.map((name) => `sum(${name}) AS ${name}`).join(", ");
  const part = (stretch: Range, isBefore: boolean) =>
    Prisma.sql`SELECT ${raw(columns)}, ${raw(String(isBefore))} AS is_before, ${raw(summed)}
      FROM ${of(stretch)} AS source GROUP BY ${raw(columns)}`;
  const parts = [part(range, false), ...(compared ? [part(compared, true)] : [])];
  return Prisma.sql`(${Prisma.join(parts, " UNION ALL ")})`;
}

const Rate = RateFigures.extend({ key: z.string().nullable(), isTotal: z.boolean(), isBefore: z.boolean() });
export type Rate = z.infer<typeof Rate>;

/** Calls and failures of each feature or model (key null: without), and of all (isTotal), in each stretch. */
export async function errorRates(
  db: Db,
  question: ErrorsQuestion,
  groupBy: "feature" | "model",
): Promise<Rate[]> {
  const column = columnOf[groupBy];
  const source = (range: Range) =>
    sourceSql({ ...question, range, dimensions: [groupBy], granularity: "total", knownAt: null });
  const rows = await db.$queryRaw`
    SELECT nullif(${raw(column)}, '') AS key, grouping(${raw(column)}) = 1 AS "isTotal", is_before AS "isBefore",
      sum(calls)::text AS calls, sum(error_calls)::text AS "errorCalls", trim_scale(sum(cost_usd))::text AS "costUsd"
    FROM ${bothSql(question, column, ["calls", "error_calls", "cost_usd"], source)} AS both_stretches
    GROUP BY GROUPING SETS ((is_before, ${raw(column)}), (is_before))`;
  return z.array(Rate).parse(rows);
}

const Failure = z.object({
  /** What it is the failures of: all, a class, a feature, a model, or a class within a feature. */
  of: z.enum(["all", "class", "feature", "model", "cell"]),
  errorClass: z.string().nullable(),
  feature: z.string().nullable(),
  model: z.string().nullable(),
  isBefore: z.boolean(),
  figures: FailureFigures,
});
export type Failure = z.infer<typeof Failure>;

const kinds = { billed: "yes", unknown: "unknown", notBilled: "no" } as const;
const figures = Object.entries(kinds).map(([name, billed]) => {
  const where = `FILTER (WHERE billed = '${billed}')`;
  return `'${name}', json_build_object('calls', coalesce(sum(calls) ${where}, 0)::text,
    'costUsd', trim_scale(coalesce(sum(cost_usd) ${where}, 0))::text,
    'unpricedCalls', coalesce(sum(unpriced_calls) ${where}, 0)::text)`;
});

/** Failed calls in each stretch, along each way of looking at them; what has none is not there. */
export async function failures(db: Db, question: ErrorsQuestion): Promise<Failure[]> {
  const source = (range: Range) => failuresSource({ ...question, range });
  const rows = await db.$queryRaw`
    SELECT CASE grouping(error_class, feature, model) WHEN 7 THEN 'all' WHEN 3 THEN 'class' WHEN 5 THEN 'feature'
        WHEN 6 THEN 'model' ELSE 'cell' END AS of,
      error_class AS "errorClass", nullif(feature, '') AS feature, nullif(model, '') AS model, is_before AS "isBefore",
      json_build_object(${raw(figures.join(", "))}) AS figures
    FROM ${bothSql(question, "error_class, feature, model, billed", ["calls", "cost_usd", "unpriced_calls"], source)} AS both_stretches
    GROUP BY is_before, GROUPING SETS ((), (error_class), (feature), (model), (error_class, feature))
    ORDER BY sum(cost_usd) DESC, sum(calls) DESC, 2, 3 NULLS LAST, 4 NULLS LAST`;
  return z.array(Failure).parse(rows);
}
