import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { filterSql } from "./conditions";
import { columnOf } from "./dimensions";
import { sumOf } from "./figures";
import { sourceSql, type SourceQuestion } from "./source-query";
import type { Grouping } from "./schemas";

interface ValuesQuestion extends Pick<SourceQuestion, "tenantId" | "timeZone" | "range" | "built"> {
  tag: Grouping;
  search?: string | undefined;
  limit: number;
}

const Row = z.object({
  value: z.string().nullable(),
  calls: z.coerce.number(),
  costUsd: z.string(),
  unpricedCalls: z.coerce.number(),
  found: z.number(),
});

/** The dearest values of a tag, and how many there are. Words are looked for in each value once, not in each day of it. */
export async function dearestValues(
  db: Db,
  { tag, search, limit, ...question }: ValuesQuestion,
): Promise<z.infer<typeof Row>[]> {
  const column = Prisma.raw(columnOf[tag]);
  const text = (sql: string) => Prisma.raw(sql);
  const source = sourceSql({
    ...question,
    dimensions: [tag],
    filter: {},
    granularity: "total",
    knownAt: null,
  });
  const sought = search === undefined ? {} : { [tag]: { contains: [search] } };
  const rows = await db.$queryRaw`
    WITH grouped AS (
      SELECT ${column} AS key, ${text(sumOf("calls"))} AS calls, ${text(sumOf("costUsd"))} AS cost, ${text(sumOf("unpricedCalls"))} AS unpriced
      FROM ${source} AS source GROUP BY 1
    )
    SELECT nullif(key, '') AS value, calls::text AS calls, trim_scale(cost)::text AS "costUsd", unpriced::text AS "unpricedCalls",
      count(*) OVER ()::int AS found
    FROM grouped WHERE true ${filterSql(sought, () => "key")}
    ORDER BY cost DESC, nullif(key, '') NULLS LAST LIMIT ${limit}`;
  return z.array(Row).parse(rows);
}
