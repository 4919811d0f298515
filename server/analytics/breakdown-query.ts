import { Prisma } from "@/prisma/generated/client";
import { columnOf } from "./dimensions";
import { measureNames } from "@/server/rollups/shape";
import { figuresSql, sumOf } from "./figures";
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

type Stretches = Pick<BreakdownQuestion, "range" | "compared">;
type Compared = Omit<BreakdownQuestion, "order" | "offset" | "limit">;

/** Rows of both stretches, told apart by `is_before`, with the group's key. */
export function bothSql(question: Compared, { range, compared }: Stretches): Prisma.Sql {
  const { groupBy } = question;
  const rowsOf = (of: Range, isBefore: boolean) => Prisma.sql`
    SELECT nullif(${raw(columnOf[groupBy])}, '') AS key, ${raw(String(isBefore))} AS is_before, source.*
    FROM ${sourceSql({ ...question, range: of, dimensions: [groupBy], granularity: "total", knownAt: null })} AS source`;
  return compared
    ? Prisma.sql`(${rowsOf(range, false)} UNION ALL ${rowsOf(compared, true)})`
    : Prisma.sql`(${rowsOf(range, false)})`;
}

/** Keys in the order asked for, with the cost of all up to and with each, and how many there are. */
const rankedSql = (grouped: Prisma.Sql) => Prisma.sql`
  SELECT nullif(key, '') AS key, row_number() OVER by_place AS nth, sum(cost) OVER by_place AS running, count(*) OVER () AS groups
  FROM ${grouped} WINDOW by_place AS (ORDER BY place DESC, cost DESC, nullif(key, '') NULLS LAST ROWS UNBOUNDED PRECEDING)`;

/**
 * SQL of all of it in one look, for groups that are few: a row of figures for each group of the page and stretch, in order,
 * and one for each stretch in all (`nth` 0).
 */
export function wholeSql(question: BreakdownQuestion): Prisma.Sql {
  const { order, offset, limit } = question;
  const keyed = Prisma.sql`(
      SELECT key, ${raw(sumOf("costUsd", now))} AS cost, ${raw(ordersBy[order])} AS place FROM grouped GROUP BY key) AS keyed`;
  return Prisma.sql`
    WITH grouped AS MATERIALIZED (
      SELECT coalesce(key, '') AS key, is_before, ${raw(measureNames.map((name) => `sum(${name}) AS ${name}`).join(", "))}
      FROM ${bothSql(question, question)} AS picked GROUP BY 1, 2
    ), ranked AS MATERIALIZED (${rankedSql(keyed)})
    SELECT nth::int AS nth, ranked.key, running::text AS running, groups::int AS groups, is_before AS "isBefore", ${figuresSql()}
    FROM ranked JOIN grouped ON grouped.key = coalesce(ranked.key, '') WHERE nth > ${offset} AND nth <= ${offset + limit} GROUP BY 1, 2, 3, 4, 5
    UNION ALL
    SELECT 0, NULL, NULL, (SELECT count(*)::int FROM ranked), is_before, ${figuresSql()} FROM grouped GROUP BY is_before
    ORDER BY 1`;
}

/**
 * SQL of a page of keys: in the order asked for, each with the cost of all groups up to and with it, and how many groups
 * there are. Only what the order needs is summed for every group; figures are asked for the page's groups alone.
 */
export function pageSql(question: BreakdownQuestion): Prisma.Sql {
  const { order, offset, limit } = question;
  return Prisma.sql`
    WITH grouped AS (
      SELECT key, ${raw(sumOf("costUsd", now))} AS cost, ${raw(ordersBy[order])} AS place
      FROM ${bothSql(question, question)} AS picked GROUP BY key
    ), ranked AS (${rankedSql(raw("grouped"))})
    SELECT key, running::text AS running, groups::int AS groups
    FROM ranked WHERE nth > ${offset} AND nth <= ${offset + limit} ORDER BY nth`;
}

/** SQL of the figures of each of these groups, `isBefore` in which stretch; none is a total. */
export function groupFiguresSql(question: Compared, keys: readonly (string | null)[]): Prisma.Sql {
  const { groupBy, filter } = question;
  const wanted = Prisma.sql`${keys.map((key) => key ?? "")}::text[]`;
  // Said where the rows are read, an index finds them; a condition of one's own on the tag stays as it is.
  const named = filter[groupBy]
    ? question
    : { ...question, filter: { ...filter, [groupBy]: { is: [...keys] } } };
  return Prisma.sql`
    SELECT key, is_before AS "isBefore", false AS "isTotal", ${figuresSql()} FROM ${bothSql(named, question)} AS picked
    WHERE coalesce(key, '') = ANY (${wanted}) GROUP BY key, is_before`;
}

/** SQL of the figures of everything in each stretch, as rows of groupFiguresSql. */
export function totalsSql(question: Compared): Prisma.Sql {
  const { range, compared } = question;
  const totalSql = (of: Range, isBefore: boolean) => {
    const source = sourceSql({ ...question, range: of, dimensions: [], granularity: "total", knownAt: null });
    return Prisma.sql`SELECT NULL::text, ${raw(String(isBefore))}, true, ${figuresSql()} FROM ${source} AS source`;
  };
  const stretches = [totalSql(range, false), ...(compared ? [totalSql(compared, true)] : [])];
  return Prisma.join(stretches, " UNION ALL ");
}
