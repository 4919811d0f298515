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

/** ⌈percent % of the people⌉ in whole numbers. */
const ceilShare = (percent: number) => `((people * ${String(percent)} + 99) / 100)::int`;
const usdText = (sum: string) => `trim_scale(coalesce(${sum}, 0))::text`;
const sumUsd = (condition: string) => usdText(`sum(cost) FILTER (WHERE ${condition})`);
const sumCount = (what: string, condition: string) =>
  `coalesce(sum(${what}) FILTER (WHERE ${condition}), 0)::bigint::text`;
/** `costs` has the dearest first, so the nearest rank is counted from its end. */
const percentiles = spreadPercents
  .map(
    (percent) => `'${String(percent)}', trim_scale(costs[(people - ${ceilShare(percent)} + 1)::int])::text`,
  )
  .join(", ");
const topCost = (percent: number) =>
  usdText(`(SELECT sum(cost) FROM unnest(costs[1:${ceilShare(percent)}]) AS cost)`);

/**
 * SQL of the spread of costs over people, one row. A person nothing of whose calls could be priced has no known cost and is
 * counted apart; '' is nobody. People are gathered by the bucket of their cost (null: none, or not known), and of all known
 * costs one sorted array is made, which tells every percentile and what the dearest cost: who of two with the same cost
 * comes first changes neither. Calls are counted as float8, which is exact to 2^53 and takes a third of the time.
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
    WITH person AS (
      SELECT ${column} <> '' AS is_user, sum(calls::float8) AS calls, sum(cost_usd) AS cost, sum(unpriced_calls::float8) AS unpriced,
        ${column} <> '' AND NOT (sum(cost_usd) = 0 AND bool_or(unpriced_calls + unpriced_tokens > 0) AND sum(calls::float8) <= sum(unpriced_calls::float8)) AS is_known
      FROM ${source} AS source GROUP BY ${column}
    ), bucket AS MATERIALIZED (
      SELECT is_user, is_known, CASE WHEN is_known AND cost > 0 THEN width_bucket(cost, ${[...costBounds]}::numeric[]) END AS at,
        count(*) AS people, sum(calls) AS calls, sum(cost) AS cost, sum(unpriced) AS unpriced, array_agg(cost) AS costs
      FROM person GROUP BY 1, 2, 3
    ), told AS MATERIALIZED (
      SELECT coalesce(sum(people) FILTER (WHERE is_known), 0)::bigint AS people,
        (SELECT array_agg(own ORDER BY own DESC) FROM bucket, unnest(costs) AS own WHERE is_known) AS costs,
        ${raw(sumCount("people", "is_known AND at IS NULL"))} AS "zeroCost",
        ${raw(sumCount("people", "is_user AND NOT is_known"))} AS "unpricedOnly",
        ${raw(sumCount("calls", "is_user"))} AS calls, ${raw(sumUsd("is_user"))} AS "costUsd",
        ${raw(sumCount("unpriced", "is_user"))} AS "unpricedCalls",
        ${raw(sumCount("calls", "NOT is_user"))} AS "nobodyCalls", ${raw(sumUsd("NOT is_user"))} AS "nobodyCostUsd",
        ${raw(sumCount("unpriced", "NOT is_user"))} AS "nobodyUnpricedCalls"
      FROM bucket
    )
    SELECT people::text AS people, "zeroCost", "unpricedOnly", calls, "costUsd", "unpricedCalls", "nobodyCalls", "nobodyCostUsd", "nobodyUnpricedCalls",
      ${raw(ceilShare(1))}::text AS "top1Users", ${raw(topCost(1))} AS "top1CostUsd",
      ${raw(ceilShare(10))}::text AS "top10Users", ${raw(topCost(10))} AS "top10CostUsd",
      json_build_object(${raw(percentiles)}) AS percentiles,
      coalesce((SELECT json_agg(json_build_object('at', at, 'count', people, 'costUsd', trim_scale(cost)::text)) FROM bucket WHERE at IS NOT NULL), '[]') AS buckets
    FROM told`;
}

export async function loadSpread(db: Db, question: SpreadQuestion): Promise<Spread> {
  return z.tuple([Spread]).parse(await db.$queryRaw(userSpreadSql(question)))[0];
}
