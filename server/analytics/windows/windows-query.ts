import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { measures } from "@/server/rollups/shape";
import { columnOf } from "../dimensions";
import { figureNames, figuresSql, sumOf, tidyFigures } from "../figures";
import type { Grouping } from "../schemas";
import { SpendFigures } from "../schemas";
import { sourceSql, type SourceQuestion } from "../source-query";
import type { Part } from "./bounds";
import { type WindowFigures, type WindowName, windowNames } from "./windows-schemas";

export interface WindowsQuestion extends Omit<
  SourceQuestion,
  "dimensions" | "granularity" | "knownAt" | "range"
> {
  groupBy: Grouping;
  parts: readonly Part[];
  order: WindowName;
  offset: number;
  limit: number;
}

export interface WindowsGroup {
  key: string | null;
  isTotal: boolean;
  windows: WindowFigures;
  /** Cost of this group and of all before it, in the window of the order. */
  running: string;
  /** How many groups there are. */
  groups: number;
}

const raw = (text: string) => Prisma.raw(text);
const measureNames = Object.keys(measures);
const summedMeasures = raw(measureNames.map((name) => `sum(${name}) AS ${name}`).join(", "));

/** Which parts a window is made of, as a condition on `part`. */
const isIn = (parts: readonly Part[], name: WindowName) =>
  `part IN (${parts.flatMap((part, at) => (part.in.includes(name) ? [String(at)] : [])).join(", ") || "-1"})`;

/** A page of groups after the total of all, each with the figures of every window. */
export function windowsSql(question: WindowsQuestion): Prisma.Sql {
  const { groupBy, parts, order, offset, limit } = question;
  const column = columnOf[groupBy];
  const sources = parts.map(({ from, to }, at) => {
    const range = { from, to, days: null };
    const source = sourceSql({
      ...question,
      range,
      dimensions: [groupBy],
      granularity: "total",
      knownAt: null,
    });
    // Summed by part first: of a year's users there are far more rows than users.
    return Prisma.sql`SELECT ${raw(column)} AS key, ${raw(String(at))} AS part, ${summedMeasures} FROM ${source} AS source GROUP BY 1`;
  });
  const figures = windowNames.map((name) => figuresSql(name, isIn(parts, name)));
  const names = windowNames.flatMap((window) => figureNames.map((name) => `"${window}${name}"`));
  return Prisma.sql`
    WITH grouped AS (
      SELECT nullif(key, '') AS key, grouping(key) = 1 AS "isTotal", ${Prisma.join(figures, ", ")},
        ${raw(sumOf("costUsd", isIn(parts, order)))} AS cost, ${raw(sumOf("calls"))} AS every_call
      FROM (${Prisma.join(sources, " UNION ALL ")}) AS summed GROUP BY GROUPING SETS ((key), ())
    ), ranked AS (
      SELECT *, row_number() OVER by_place AS nth, sum(cost) OVER by_place AS running, count(*) OVER (PARTITION BY "isTotal") AS groups
      FROM grouped WINDOW by_place AS (PARTITION BY "isTotal" ORDER BY cost DESC, every_call DESC, key NULLS LAST)
    )
    SELECT key, "isTotal", ${raw(names.join(", "))}, running::text AS running, groups::int AS groups
    FROM ranked WHERE "isTotal" OR nth > ${offset} AND nth <= ${offset + limit}
    ORDER BY "isTotal" DESC, nth`;
}

const Head = z.object({
  key: z.string().nullable(),
  isTotal: z.boolean(),
  running: z.string(),
  groups: z.number(),
});

function figuresOf(row: Record<string, unknown>, window: WindowName): SpendFigures {
  const values = Object.fromEntries(figureNames.map((name) => [name, row[`${window}${name}`]]));
  return tidyFigures(SpendFigures.parse(values));
}

export async function readWindows(db: Db, question: WindowsQuestion): Promise<WindowsGroup[]> {
  const rows = z.array(z.record(z.string(), z.unknown())).parse(await db.$queryRaw(windowsSql(question)));
  return rows.map((row) => ({
    ...Head.parse(row),
    windows: {
      last7: figuresOf(row, "last7"),
      previous7: figuresOf(row, "previous7"),
      last30: figuresOf(row, "last30"),
      previous30: figuresOf(row, "previous30"),
    },
  }));
}
