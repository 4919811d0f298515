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
const measureNames =
  "cost_usd, calls, unpriced_calls, unpriced_tokens, fresh_input_tokens, cache_read_tokens, cache_write_5m_tokens, cache_write_1h_tokens, audio_input_tokens, visible_output_tokens, reasoning_tokens, audio_output_tokens";

export interface TrendQuestion extends Omit<SourceQuestion, "dimensions" | "knownAt"> {
  groupBy?: Grouping | undefined;
  top: number;
}

/** SQL of points by series and bucket. The dearest `top` groups are told apart; the others are one, `isRest`. */
export function trendSql(question: TrendQuestion): Prisma.Sql {
  const { groupBy, top } = question;
  const source = sourceSql({ ...question, dimensions: groupBy ? [groupBy] : [], knownAt: null });
  const key = groupBy ? raw(columnOf[groupBy]) : raw("''");
  const figures = raw(
    pointNames.map((name) => `trim_scale(${sumOf(name)}::numeric)::text AS "${name}"`).join(", "),
  );
  return Prisma.sql`
    WITH points AS MATERIALIZED (
      SELECT ${key} AS key, bucket, ${raw(
        measureNames
          .split(", ")
          .map((name) => `sum(${name}) AS ${name}`)
          .join(", "),
      )}
      FROM ${source} AS source GROUP BY 1, 2
    ), dearest AS (
      SELECT key, row_number() OVER (ORDER BY sum(cost_usd) DESC, key) AS nth FROM points GROUP BY key
    )
    SELECT nullif(CASE WHEN nth <= ${top} THEN key END, '') AS key, nth > ${top} AS "isRest", least(nth, ${top + 1})::int AS nth,
      bucket, ${figures}
    FROM points JOIN dearest USING (key) GROUP BY 1, 2, 3, 4 ORDER BY 3, 4`;
}
