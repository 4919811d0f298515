import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { costBounds } from "./cost-histogram";
import { columnOf } from "./dimensions";
import { sourceSql, type SourceQuestion } from "./source-query";
import { spreadPercents } from "./user-spread-schemas";

export interface SpreadQuestion extends Omit<SourceQuestion, "dimensions" | "granularity" | "knownAt"> {
  by: "user" | "account";
}

const raw = (text: string) => Prisma.raw(text);
const count = z.coerce.number().int();

const Spread = z.object({
  people: count,
  unpricedOnly: count,
  zeroCost: count,
  calls: count,
  costUsd: z.string(),
  unpricedCalls: count,
  nobodyCalls: count,
  nobodyCostUsd: z.string(),
  nobodyUnpricedCalls: count,
  top1Users: count,
  top1CostUsd: z.string(),
  top10Users: count,
  top10CostUsd: z.string(),
  /** Null without people whose cost is known. */
  percentiles: z.record(z.string(), z.string().nullable()),
  buckets: z.array(z.object({ at: z.number(), count: z.number(), costUsd: z.string() })),
});
export type Spread = z.infer<typeof Spread>;

/** ⌈percent % of n⌉ in whole numbers. */
const ceilShare = (n: string, percent: number) => `((${n} * ${String(percent)} + 99) / 100)`;
const sumText = (what: string, condition: string) =>
  `trim_scale(coalesce(sum(${what}) FILTER (WHERE ${condition}), 0))::text`;
const sumCount = (what: string, condition: string) =>
  `coalesce(sum(${what}) FILTER (WHERE ${condition}), 0)::text`;
const topUsers = (percent: number) => `coalesce(${ceilShare("max(people)", percent)}, 0)::text`;
const percentiles = spreadPercents
  .map((percent) => {
    // nth counts from the dearest.
    const place = `nth = people - ${ceilShare("people", percent)} + 1`;
    return `'${String(percent)}', trim_scale(max(cost) FILTER (WHERE ${place}))::text`;
  })
  .join(", ");

/**
 * SQL of the spread of costs over people, one row. A person nothing of whose calls could be priced has no known cost and is
 * counted apart; '' is nobody. Equal costs are told apart by the key, so that the top 1 % is the same at every look.
 */
export function userSpreadSql(question: SpreadQuestion): Prisma.Sql {
  const column = raw(columnOf[question.by]);
  const source = sourceSql({
    ...question,
    dimensions: [question.by],
    granularity: "total",
    knownAt: null,
  });
  return Prisma.sql`
    WITH person AS MATERIALIZED (
      SELECT ${column} AS key, sum(calls) AS calls, sum(cost_usd) AS cost, sum(unpriced_calls) AS unpriced,
        sum(cost_usd) = 0 AND sum(unpriced_calls) + sum(unpriced_tokens) > 0 AND sum(calls) <= sum(unpriced_calls) AS is_unknown
      FROM ${source} AS source GROUP BY 1
    ), ranked AS MATERIALIZED (
      SELECT cost, row_number() OVER (ORDER BY cost DESC, key) AS nth, count(*) OVER () AS people
      FROM person WHERE key <> '' AND NOT is_unknown
    ), bucket AS (
      SELECT width_bucket(cost, ${[...costBounds]}::numeric[]) AS at, count(*) AS count, sum(cost) AS cost
      FROM ranked WHERE cost > 0 GROUP BY 1
    )
    SELECT r.*, p.*,
      coalesce((SELECT json_agg(json_build_object('at', at, 'count', count, 'costUsd', trim_scale(cost)::text)) FROM bucket), '[]') AS buckets
    FROM (
      SELECT count(*)::text AS people, (count(*) FILTER (WHERE cost = 0))::text AS "zeroCost",
        ${raw(topUsers(1))} AS "top1Users", ${raw(sumText("cost", `nth <= ${ceilShare("people", 1)}`))} AS "top1CostUsd",
        ${raw(topUsers(10))} AS "top10Users", ${raw(sumText("cost", `nth <= ${ceilShare("people", 10)}`))} AS "top10CostUsd",
        json_build_object(${raw(percentiles)}) AS percentiles
      FROM ranked
    ) AS r, (
      SELECT (count(*) FILTER (WHERE key <> '' AND is_unknown))::text AS "unpricedOnly",
        ${raw(sumCount("calls", "key <> ''"))} AS calls, ${raw(sumText("cost", "key <> ''"))} AS "costUsd",
        ${raw(sumCount("unpriced", "key <> ''"))} AS "unpricedCalls",
        ${raw(sumCount("calls", "key = ''"))} AS "nobodyCalls", ${raw(sumText("cost", "key = ''"))} AS "nobodyCostUsd",
        ${raw(sumCount("unpriced", "key = ''"))} AS "nobodyUnpricedCalls"
      FROM person
    ) AS p`;
}

export async function loadSpread(db: Db, question: SpreadQuestion): Promise<Spread> {
  return z.tuple([Spread]).parse(await db.$queryRaw(userSpreadSql(question)))[0];
}
