import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { columnOf } from "./dimensions";
import { plainUsd } from "./figures";
import type { Range } from "./range";
import { sourceSql, type SourceQuestion } from "./source-query";
import { whyUserGroups } from "./why-users-schemas";

export interface WhyUsersQuestion extends Omit<
  SourceQuestion,
  "dimensions" | "granularity" | "knownAt" | "range"
> {
  before: Range;
  after: Range;
  by: "user" | "account";
  limit: number;
}

/**
 * People of two stretches: first what each group of them comes to (`key` null), then those whose cost changed most.
 * Who is there is told by having calls, or a share of one, and not by what they cost.
 */
export function whyUsersSql(question: WhyUsersQuestion): Prisma.Sql {
  const { by, before, after, limit } = question;
  const column = Prisma.raw(columnOf[by]);
  const source = (range: Range, isBefore: boolean) => Prisma.sql`
    SELECT ${column} AS key, ${Prisma.raw(String(isBefore))} AS is_before, calls, cost_usd
    FROM ${sourceSql({ ...question, range, dimensions: [by], granularity: "total", knownAt: null })} AS source`;
  return Prisma.sql`
    WITH people AS MATERIALIZED (
      SELECT key, coalesce(sum(cost_usd) FILTER (WHERE is_before), 0) AS before, coalesce(sum(cost_usd) FILTER (WHERE NOT is_before), 0) AS after,
        coalesce(sum(calls) FILTER (WHERE is_before), 0) AS calls_before, coalesce(sum(calls) FILTER (WHERE NOT is_before), 0) AS calls_after,
        CASE WHEN key = '' THEN 'without' WHEN NOT bool_or(NOT is_before) THEN 'gone' WHEN NOT bool_or(is_before) THEN 'new' ELSE 'stayed' END AS "group"
      FROM (${source(before, true)} UNION ALL ${source(after, false)}) AS picked GROUP BY key
    ), changed AS (
      SELECT * FROM people WHERE key <> '' AND after <> before ORDER BY abs(after - before) DESC, key LIMIT ${limit}
    )
    SELECT NULL AS key, "group", count(*)::int AS users, sum(before)::text AS "beforeUsd", sum(after)::text AS "afterUsd",
      (sum(after) - sum(before))::text AS usd, sum(calls_before)::float8 AS "callsBefore", sum(calls_after)::float8 AS "callsAfter", 0 AS place
    FROM people GROUP BY "group"
    UNION ALL
    SELECT key, "group", 1, before::text, after::text, (after - before)::text, calls_before::float8, calls_after::float8,
      (row_number() OVER (ORDER BY abs(after - before) DESC, key))::int
    FROM changed ORDER BY place, "group"`;
}

const usd = z.string().transform(plainUsd);
const Row = z.object({
  key: z.string().nullable(),
  group: z.enum(whyUserGroups),
  users: z.number(),
  usd,
  beforeUsd: usd,
  afterUsd: usd,
  callsBefore: z.number(),
  callsAfter: z.number(),
});

export async function peopleOf(db: Db, question: WhyUsersQuestion): Promise<z.infer<typeof Row>[]> {
  return z.array(Row).parse(await db.$queryRaw(whyUsersSql(question)));
}
