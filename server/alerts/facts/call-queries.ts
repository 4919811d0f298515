import { z } from "zod";
import type { Range } from "@/server/analytics/range";
import { sourceSql } from "@/server/analytics/source-query";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import type { Scope } from "./series-query";

const Unpriced = z.object({ provider: z.string(), model: z.string(), hour: z.number(), calls: z.number(), tokens: z.number() }); // prettier-ignore

/** Calls with tokens and without a price, by model and hour. */
export async function unpricedByModel(
  db: Db,
  scope: Scope,
  range: Range,
): Promise<z.infer<typeof Unpriced>[]> {
  const source = sourceSql({ ...scope, range, dimensions: ["provider", "model"], filter: {}, granularity: "hour", knownAt: null }); // prettier-ignore
  const rows = await db.$queryRaw`
    SELECT provider, model, floor(extract(epoch FROM bucket::timestamptz) / 3600)::int AS hour,
      sum(unpriced_calls)::float8 AS calls, sum(unpriced_tokens)::float8 AS tokens
    FROM ${source} AS source WHERE unpriced_tokens > 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  return z.array(Unpriced).parse(rows);
}

const Dear = z.object({
  feature: z.string(),
  start: z.date(),
  ids: z.array(z.string()),
  costs: z.array(z.string()),
  calls: z.number(),
  medianUsd: z.string().nullable(),
});
export type DearHour = z.infer<typeof Dear>;

const mostHours = 2_000;

/**
 * Hours of features with calls of at least so much, those calls (the dearest first), and the median cost of the feature's
 * calls of the 24 hours before. Reads the range of the ledger once, and a day of it for each such hour: few, as dear calls are.
 * @throws DomainError INVALID_INPUT when there are too many to be told whole
 */
export async function dearCalls(
  db: Db,
  { tenantId, timeZone }: Scope,
  range: Range,
  leastUsd: number,
): Promise<DearHour[]> {
  const rows = await db.$queryRaw`
    WITH dear AS MATERIALIZED (
      SELECT coalesce(feature, '') AS feature, date_trunc('hour', occurred_at, ${timeZone}) AS start,
        array_agg(call_id ORDER BY cost_usd DESC, call_id) AS ids,
        array_agg(trim_scale(cost_usd)::text ORDER BY cost_usd DESC, call_id) AS costs
      FROM call
      WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${range.from}::timestamptz AND occurred_at < ${range.to}::timestamptz
        AND cost_usd >= ${leastUsd}::numeric
      GROUP BY 1, 2 LIMIT ${mostHours + 1}
    )
    SELECT dear.*, before.calls, before."medianUsd" FROM dear, LATERAL (
      SELECT count(*)::float8 AS calls, trim_scale(percentile_disc(0.5) WITHIN GROUP (ORDER BY cost_usd))::text AS "medianUsd"
      FROM call
      WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= dear.start - interval '24 hours' AND occurred_at < dear.start
        AND coalesce(feature, '') = dear.feature AND cost_usd > 0
    ) AS before ORDER BY start, feature`;
  if (rows instanceof Array && rows.length > mostHours) {
    const message = "There are too many calls of that cost to look at; ask for dearer ones or fewer days.";
    throw new DomainError("INVALID_INPUT", message, { field: "params" });
  }
  return z.array(Dear).parse(rows);
}

const Connection = z.object({
  name: z.string(),
  state: z.enum(["active", "paused", "failing"]),
  createdAt: z.date(),
  lastOkAt: z.date().nullable(),
  failure: z.string().nullable(),
});

export async function connectionsOf(db: Db, tenantId: string): Promise<z.infer<typeof Connection>[]> {
  const rows = await db.sourceConnection.findMany({
    where: { tenantId },
    orderBy: { id: "asc" },
    select: { name: true, state: true, createdAt: true, lastOkAt: true, failure: true },
  });
  return z.array(Connection).parse(rows);
}
