import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { measures } from "@/server/rollups/shape";
import { columnOf } from "../dimensions";
import { figureNames, figuresSql, tidyFigures } from "../figures";
import type { Grouping } from "../schemas";
import { SpendFigures } from "../schemas";
import { sourceSql, type SourceQuestion } from "../source-query";
import type { Bounds } from "./bounds";
import { type WindowFigures, type WindowName, windowNames } from "./windows-schemas";

export interface WindowsQuestion extends Omit<
  SourceQuestion,
  "dimensions" | "granularity" | "knownAt" | "range"
> {
  groupBy: Grouping;
  windows: Record<WindowName, Bounds>;
  order: WindowName;
  offset: number;
  limit: number;
}

export interface WindowsGroup {
  key: string | null;
  windows: WindowFigures;
  /** Cost of this group and of all before it, in the window of the order. */
  running: string;
}

const raw = (text: string) => Prisma.raw(text);
const measureNames = Object.keys(measures);
/** More groups than this are not looked up one by one. */
const fewKeys = 1_000;

/** Every other window lies within these. */
const widest = ["last30", "previous30"] as const satisfies WindowName[];
const isIn = (...names: readonly WindowName[]) =>
  `in_window IN (${names.map((name) => `'${name}'`).join(", ")})`;

/**
 * Measures by key and window, each window read by itself: that is a stretch or two, where the parts in which they overlap
 * would be many. Summed by window first: of a month's users there are far more rows than users.
 */
function summedSql(
  { windows, ...question }: WindowsQuestion,
  groupBy: Grouping | null,
  measured: readonly string[],
  wanted: readonly WindowName[],
): Prisma.Sql {
  const key = groupBy ? columnOf[groupBy] : "''";
  const sums = measured.map((name) => `sum(${name}) AS ${name}`).join(", ");
  const sources = wanted.map((name) => {
    const range = { ...windows[name], days: null };
    const dimensions = groupBy ? [groupBy] : [];
    const source = sourceSql({ ...question, range, dimensions, granularity: "total", knownAt: null });
    return Prisma.sql`SELECT ${raw(key)} AS key, ${raw(`'${name}'`)} AS in_window, ${raw(sums)} FROM ${source} AS source GROUP BY 1`;
  });
  return Prisma.sql`(${Prisma.join(sources, " UNION ALL ")})`;
}

/** The figures of every window, by key (null for all without `groupBy`). */
export function figuresOfWindowsSql(question: WindowsQuestion, groupBy: Grouping | null): Prisma.Sql {
  const figures = windowNames.map((name) => figuresSql(name, isIn(name)));
  return Prisma.sql`SELECT nullif(key, '') AS key, ${Prisma.join(figures, ", ")}
    FROM ${summedSql(question, groupBy, measureNames, windowNames)} AS summed GROUP BY key`;
}

/** A page of groups in their order, told by what that needs and no more. */
export function rankedSql(question: WindowsQuestion): Prisma.Sql {
  const { groupBy, order, offset, limit } = question;
  const summed = summedSql(question, groupBy, ["cost_usd", "calls"], [...new Set([order, ...widest])]);
  return Prisma.sql`
    SELECT key, running::text AS running, groups::int AS groups FROM (
      SELECT nullif(key, '') AS key, row_number() OVER by_place AS nth, sum(cost) OVER by_place AS running,
        count(*) OVER () AS groups
      FROM (
        SELECT key, coalesce(sum(cost_usd) FILTER (WHERE ${raw(isIn(order))}), 0) AS cost,
          coalesce(sum(calls) FILTER (WHERE ${raw(isIn(...widest))}), 0) AS every_call
        FROM ${summed} AS summed GROUP BY key
      ) AS grouped WINDOW by_place AS (ORDER BY cost DESC, every_call DESC, nullif(key, '') NULLS LAST)
    ) AS ranked WHERE nth > ${offset} AND nth <= ${offset + limit} ORDER BY nth`;
}

const Ranked = z.object({ key: z.string().nullable(), running: z.string(), groups: z.number() });

/** Figures of a group that a window does not have are 0: nothing happened. */
function figuresOf(row: Record<string, unknown>, window: WindowName): SpendFigures {
  const values = figureNames.map((name) => [name, row[`${window}${name}`] ?? "0"]);
  return tidyFigures(SpendFigures.parse(Object.fromEntries(values)));
}
const windowsOf = (row: Record<string, unknown>): WindowFigures => ({
  last7: figuresOf(row, "last7"),
  previous7: figuresOf(row, "previous7"),
  last30: figuresOf(row, "last30"),
  previous30: figuresOf(row, "previous30"),
});
const Rows = z.array(z.object({ key: z.string().nullable() }).loose());

/** A page of groups with the figures of every window, the total of all of them, and how many there are. */
export async function readWindows(
  db: Db,
  question: WindowsQuestion,
): Promise<{ rows: WindowsGroup[]; total: WindowFigures; groups: number }> {
  const { groupBy, filter } = question;
  const ranked = z.array(Ranked).parse(await db.$queryRaw(rankedSql(question)));
  const keys = ranked.map(({ key }) => key);
  const narrow = keys.length > fewKeys ? filter : { ...filter, [groupBy]: keys };
  const found = keys.length === 0 ? [] : Rows.parse(await db.$queryRaw(figuresOfWindowsSql({ ...question, filter: narrow }, groupBy))); // prettier-ignore
  const [total = {}] = Rows.parse(await db.$queryRaw(figuresOfWindowsSql(question, null)));
  const byKey = new Map(found.map((row) => [row.key, row]));
  return {
    rows: ranked.map(({ key, running }) => ({ key, running, windows: windowsOf(byKey.get(key) ?? {}) })),
    total: windowsOf(total),
    groups: ranked[0]?.groups ?? 0,
  };
}
