import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { Range } from "../range";
import { hourOfWeek } from "../buckets";
import { sourceSql, type SourceQuestion } from "../source-query";

const count = z.coerce.number().int();

const SpentHour = z.object({
  weekday: z.number(),
  hour: z.number(),
  calls: count,
  costUsd: z.string(),
  unpricedCalls: count,
});

/** What was spent, by what the clock on the wall showed. Hours without calls are not there. */
export async function spentByHour(
  db: Db,
  question: Omit<SourceQuestion, "dimensions" | "granularity" | "knownAt">,
) {
  const source = sourceSql({ ...question, dimensions: [], granularity: "wallHour", knownAt: null });
  const rows = await db.$queryRaw`
    SELECT bucket / 24 + 1 AS weekday, bucket % 24 AS hour, sum(calls)::text AS calls,
      trim_scale(sum(cost_usd))::text AS "costUsd", sum(unpriced_calls)::text AS "unpricedCalls"
    FROM ${source} AS source GROUP BY bucket`;
  return z.array(SpentHour).parse(rows);
}

const Quarters = z.object({ weekday: z.number(), hour: z.number(), quarters: z.number() });

/** How many quarter hours of a range show each hour on the wall: those of clocks put back count twice, skipped ones not. */
export async function quartersByHour(db: Db, { from, to }: Pick<Range, "from" | "to">, timeZone: string) {
  const rows = await db.$queryRaw`
    SELECT bucket / 24 + 1 AS weekday, bucket % 24 AS hour, count(*)::int AS quarters
    FROM generate_series(${from}::timestamptz, ${to}::timestamptz - interval '15 minutes', interval '15 minutes') AS slot,
      LATERAL (SELECT ${hourOfWeek(Prisma.sql`slot AT TIME ZONE ${timeZone}`)} AS bucket) AS wall
    GROUP BY bucket`;
  return z.array(Quarters).parse(rows);
}
