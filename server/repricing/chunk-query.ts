import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { arrayLiteral } from "@/server/calls/array-literal";
import { bucketColumns } from "@/server/calls/ledger-columns";
import { priceStatuses } from "@/server/calls/schemas";
import type { Db } from "@/server/db";
import { buckets } from "@/server/prices/buckets";
import type { KnownPrice } from "./decide-change";
import type { RepricingScope } from "./schemas";
import { keyOf, StoredCall } from "./stored-call";

/** Where in the ledger's order a run is. */
export interface Position {
  /** ISO 8601 to the microsecond. */
  at: string;
  id: string;
}

export interface ScopedCalls {
  tenantId: string;
  scope: RepricingScope;
  /** Calls that came later were priced by a book that knew no less. */
  receivedBy: Date;
}

const raw = (text: string) => Prisma.raw(text);
const instant = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const columns = raw(
  [
    `${instant("occurred_at")} AS "occurredAt"`,
    'call_id AS "callId", kind, provider, model, feature, region, error_class AS "errorClass"',
    'billed, cache, batch, service_tier AS "serviceTier", units AS "otherUnits"',
    ...buckets.map((bucket) => `${bucketColumns[bucket]} AS "${bucket}"`),
    'trim_scale(reported_cost_usd)::text AS "reportedCostUsd", trim_scale(cost_usd)::text AS "costUsd", price_status AS status',
    'share_of AS "shareOf", share_no AS "shareNo", share_weight::text AS "shareWeight"',
  ].join(", "),
);

function conditions({ tenantId, scope, receivedBy }: ScopedCalls, after: Position | null): Prisma.Sql {
  const { provider, model, feature, onlyUnpriced } = scope;
  const is = (column: string, value: string | undefined) =>
    value === undefined ? [] : [Prisma.sql`${raw(column)} = ${value}`];
  return Prisma.join(
    [
      Prisma.sql`tenant_id = ${tenantId}::uuid AND occurred_at < ${scope.to}::timestamptz`,
      after
        ? // The first half is for the planner, who passes over earlier months by it.
          Prisma.sql`occurred_at >= ${after.at}::timestamptz AND (occurred_at, call_id) > (${after.at}::timestamptz, ${after.id})`
        : Prisma.sql`occurred_at >= ${scope.from}::timestamptz`,
      Prisma.sql`received_at <= ${receivedBy}::timestamptz`,
      ...is("provider", provider),
      ...is("model", model),
      ...(feature === null ? [raw("feature IS NULL")] : is("feature", feature)),
      ...(onlyUnpriced ? [raw("price_status = 'unpriced'")] : []),
    ],
    " AND ",
  );
}

/**
 * The next calls of the scope in the ledger's order.
 * @param lock whether they are about to be changed: nobody else then changes them until the transaction ends
 */
export async function readChunk(
  db: Db,
  calls: ScopedCalls,
  after: Position | null,
  limit: number,
  lock: boolean,
): Promise<StoredCall[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM call WHERE ${conditions(calls, after)}
    ORDER BY occurred_at, call_id LIMIT ${limit} ${raw(lock ? "FOR NO KEY UPDATE" : "")}`;
  return z.array(StoredCall).parse(rows);
}

export async function countCalls(db: Db, calls: ScopedCalls): Promise<number> {
  const rows = await db.$queryRaw`SELECT count(*)::int AS count FROM call WHERE ${conditions(calls, null)}`;
  return z.tuple([z.object({ count: z.number() })]).parse(rows)[0].count;
}

/** Every share of the calls that these rows are shares of, within the scope or not. */
export async function readShares(
  db: Db,
  tenantId: string,
  rows: readonly StoredCall[],
): Promise<StoredCall[]> {
  const shared = rows.filter(({ shareOf }) => shareOf !== null);
  if (shared.length === 0) return [];
  const found = await db.$queryRaw`
    WITH wanted AS (
      SELECT DISTINCT * FROM unnest(${arrayLiteral(shared, (row) => row.occurredAt)}::timestamptz[],
        ${arrayLiteral(shared, (row) => row.shareOf)}::text[]) AS w(occurred_at, share_of)
    )
    SELECT ${columns} FROM call JOIN wanted USING (occurred_at, share_of) WHERE tenant_id = ${tenantId}::uuid`;
  return z.array(StoredCall).parse(found);
}

const Corrected = z.object({
  occurredAt: z.string(),
  callId: z.string(),
  costUsd: z.string(),
  status: z.enum(priceStatuses),
});

/** What calls between these two cost by the corrections that were booked of them, by key. */
export async function readCorrected(
  db: Db,
  tenantId: string,
  first: StoredCall,
  last: StoredCall,
): Promise<Map<string, KnownPrice>> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT ON (occurred_at, call_id) ${raw(instant("occurred_at"))} AS "occurredAt", call_id AS "callId",
      trim_scale(cost_usd)::text AS "costUsd", price_status AS status
    FROM call_correction
    WHERE tenant_id = ${tenantId}::uuid
      AND occurred_at BETWEEN ${first.occurredAt}::timestamptz AND ${last.occurredAt}::timestamptz
    ORDER BY occurred_at, call_id, n DESC`;
  return new Map(
    z
      .array(Corrected)
      .parse(rows)
      .map((row) => [keyOf(row), row]),
  );
}
