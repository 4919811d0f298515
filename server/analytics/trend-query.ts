import { Prisma } from "@/prisma/generated/client";
import { columnOf } from "./dimensions";
import { sumOf } from "./figures";
import type { Grouping } from "./schemas";
import { sourceSql, type SourceQuestion } from "./source-query";

const raw = (text: string) => Prisma.raw(text);

/** Figures of a point on a line. */
export const pointNames = [
  "costUsd",
  "calls",
  "inputTokens",
  "outputTokens",
  "unpricedCalls",
  "unpricedTokens",
] as const;
const sums = raw(pointNames.map((name) => `${sumOf(name)} AS "${name}"`).join(", "));
const figures = raw(
  pointNames.map((name) => `trim_scale(sum("${name}")::numeric)::text AS "${name}"`).join(", "),
);

export interface TrendQuestion extends Omit<SourceQuestion, "dimensions" | "knownAt"> {
  groupBy?: Grouping | undefined;
  top: number;
}

/** SQL of points by series and bucket. The dearest `top` groups are told apart; the others are one, `isRest`. */
export function trendSql(question: TrendQuestion): Prisma.Sql {
  const { groupBy, top } = question;
  const source = sourceSql({ ...question, dimensions: groupBy ? [groupBy] : [], knownAt: null });
  const key = groupBy ? raw(columnOf[groupBy]) : raw("''");
  return Prisma.sql`
    WITH points AS MATERIALIZED (
      SELECT ${key} AS key, bucket, ${sums}
      FROM ${source} AS source GROUP BY 1, 2
    ), dearest AS (
      SELECT key, row_number() OVER (ORDER BY sum("costUsd") DESC, key) AS nth FROM points GROUP BY key
    )
    SELECT nullif(CASE WHEN nth <= ${top} THEN key END, '') AS key, nth > ${top} AS "isRest", least(nth, ${top + 1})::int AS nth,
      bucket::text AS bucket, ${figures}
    FROM points JOIN dearest USING (key) GROUP BY 1, 2, 3, 4 ORDER BY 3, 4`;
}
