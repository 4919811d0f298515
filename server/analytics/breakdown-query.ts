import { Prisma } from "@/prisma/generated/client";
import { measures } from "@/server/rollups/shape";
import { columnOf } from "./dimensions";
import { figureNames, figuresSql, sumOf } from "./figures";
import type { Range } from "./range";
import type { BreakdownInput, Grouping } from "./schemas";
import { sourceSql, type SourceQuestion } from "./source-query";

export interface BreakdownQuestion extends Omit<SourceQuestion, "dimensions" | "granularity" | "knownAt"> {
  groupBy: Grouping;
  /** Null: nothing is compared. */
  compared: Range | null;
  order: BreakdownInput["order"];
  offset: number;
  limit: number;
}

const raw = (text: string) => Prisma.raw(text);
const measureNames = raw(Object.keys(measures).join(", "));
const now = "NOT is_before";

/** What groups are ordered by, the largest first. */
const ordersBy: Record<BreakdownInput["order"], string> = {
  cost: sumOf("costUsd", now),
  change: `${sumOf("costUsd", now)} - ${sumOf("costUsd", "is_before")}`,
  calls: sumOf("calls", now),
  tokens: `${sumOf("inputTokens", now)} + ${sumOf("outputTokens", now)}`,
  unpriced: sumOf("unpricedCalls", now),
  retries: sumOf("retryCostUsd", now),
  errors: sumOf("errorCalls", now),
  latency: `coalesce(${sumOf("latencyMs", now)} / nullif(${sumOf("latencyCalls", now)}, 0), 0)`,
  costPerCall: `coalesce(${sumOf("costUsd", now)} / nullif(${sumOf("calls", now)} - ${sumOf("unpricedCalls", now)}, 0), 0)`,
  key: "0",
};

/**
 * SQL of a page of groups after the total of all (`isTotal`), each with the figures of both stretches (`now…`,
 * `before…`), the cost of all groups up to and with it, and how many groups there are.
 */
export function breakdownSql(question: BreakdownQuestion): Prisma.Sql {
  const { groupBy, compared, order, offset, limit } = question;
  const source = (range: Range) =>
    sourceSql({ ...question, range, dimensions: [groupBy], granularity: "total", knownAt: null });
  const key = raw(`nullif(${columnOf[groupBy]}, '')`);
  const before = compared
    ? Prisma.sql`UNION ALL SELECT ${key} AS key, true AS is_before, ${measureNames} FROM ${source(compared)} AS source`
    : Prisma.empty;
  const names = ["now", ...(compared ? ["before"] : [])].flatMap((prefix) =>
    figureNames.map((name) => `"${prefix}${name}"`),
  );
  return Prisma.sql`
    WITH grouped AS (
      SELECT key, grouping(key) = 1 AS "isTotal", ${figuresSql("now", now)},
        ${compared ? Prisma.sql`${figuresSql("before", "is_before")},` : Prisma.empty}
        ${raw(sumOf("costUsd", now))} AS cost, ${raw(ordersBy[order])} AS place
      FROM (
        SELECT ${key} AS key, false AS is_before, ${measureNames} FROM ${source(question.range)} AS source
        ${before}
      ) AS picked
      GROUP BY GROUPING SETS ((key), ())
    ), ranked AS (
      SELECT *, row_number() OVER by_place AS nth, sum(cost) OVER by_place AS running, count(*) OVER (PARTITION BY "isTotal") AS groups
      FROM grouped WINDOW by_place AS (PARTITION BY "isTotal" ORDER BY place DESC, cost DESC, key NULLS LAST)
    )
    SELECT key, "isTotal", ${raw(names.join(", "))}, running::text AS running, groups::int AS groups
    FROM ranked WHERE "isTotal" OR nth > ${offset} AND nth <= ${offset + limit}
    ORDER BY "isTotal" DESC, nth`;
}
