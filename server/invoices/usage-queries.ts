import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { bucketColumns } from "@/server/calls/ledger-columns";
import type { Db } from "@/server/db";
import type { Month } from "@/server/periods/schemas";
import { type TokenBucket, tokenBuckets } from "@/server/prices/buckets";
import type { UsageRow } from "./usage";

const sums = Prisma.raw(
  tokenBuckets.map((bucket) => `sum(l.${bucketColumns[bucket]})::text AS "${bucket}"`).join(", "),
);
const Row = z.object({
  accountId: z.string(),
  kind: z.enum(["usage", "late", "price"]),
  ofMonth: z.string(),
  feature: z.string(),
  model: z.string(),
  calls: z.string(),
  ...(Object.fromEntries(tokenBuckets.map((bucket) => [bucket, z.string()])) as Record<
    TokenBucket,
    z.ZodString
  >),
  costUsd: z.string(),
  unpricedCalls: z.string(),
});

export interface StatementKey {
  tenantId: string;
  month: Month;
  revision: number;
}
const dateOf = (month: Month) => Prisma.sql`${`${month}-01`}::date`;
const grouped = Prisma.sql`l.account_id AS "accountId", l.kind, to_char(l.of_month, 'YYYY-MM') AS "ofMonth", l.feature, l.model,
  sum(l.calls)::text AS calls, ${sums}, sum(l.cost_usd)::text AS "costUsd", sum(l.unpriced_calls)::text AS "unpricedCalls"`;
const groups = Prisma.sql`GROUP BY l.account_id, l.kind, l.of_month, l.feature, l.model
  ORDER BY l.account_id COLLATE "C", l.kind, l.of_month, l.feature COLLATE "C", l.model COLLATE "C"`;

function byAccount(rows: unknown): Map<string, UsageRow[]> {
  const found = new Map<string, UsageRow[]>();
  for (const { accountId, ...row } of z.array(Row).parse(rows)) {
    const held = found.get(accountId);
    if (held) held.push(row);
    else found.set(accountId, [row]);
  }
  return found;
}

/** What a statement has of these accounts, by account. */
export async function statementUsage(
  db: Db,
  { tenantId, month, revision }: StatementKey,
  accountIds: readonly string[],
): Promise<Map<string, UsageRow[]>> {
  return byAccount(
    await db.$queryRaw`
      SELECT ${grouped} FROM statement_line l
      WHERE l.tenant_id = ${tenantId}::uuid AND l.month = ${dateOf(month)} AND l.revision = ${revision}
        AND l.account_id = ANY (${[...accountIds]}::text[]) ${groups}`,
  );
}

/** What statements in force of before a month say of earlier months, for these accounts. */
export async function statedBefore(
  db: Db,
  { tenantId, month }: Omit<StatementKey, "revision">,
  ofMonths: readonly Month[],
  accountIds: readonly string[],
): Promise<Map<string, UsageRow[]>> {
  if (ofMonths.length === 0) return new Map();
  return byAccount(
    await db.$queryRaw`
      SELECT ${grouped} FROM statement_line l
        JOIN statement s ON s.tenant_id = l.tenant_id AND s.month = l.month AND s.revision = l.revision AND s.reopened_at IS NULL
      WHERE l.tenant_id = ${tenantId}::uuid AND l.month < ${dateOf(month)}
        AND l.of_month = ANY (${ofMonths.map((of) => `${of}-01`)}::text[]::date[]) AND l.account_id = ANY (${[...accountIds]}::text[]) ${groups}`,
  );
}

/** Who a month is to be looked at for: whom its statement names, who has a plan of their own, and who has a draft. */
const candidates = ({ tenantId, month, revision }: StatementKey) => Prisma.sql`
  SELECT account_id FROM statement_line WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND revision = ${revision} AND account_id <> ''
  UNION SELECT account_id FROM invoice_account WHERE tenant_id = ${tenantId}::uuid AND plan_id IS NOT NULL
  UNION SELECT account_id FROM invoice WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND state = 'draft'`;

export async function candidatesAfter(
  db: Db,
  key: StatementKey,
  after: string | null,
  limit: number,
): Promise<{ accountIds: string[]; total: number }> {
  const rows = await db.$queryRaw`
    WITH candidate AS (${candidates(key)})
    SELECT (SELECT count(*)::int FROM candidate) AS total,
      ARRAY(SELECT account_id FROM candidate WHERE ${after}::text IS NULL OR account_id COLLATE "C" > ${after}
        ORDER BY account_id COLLATE "C" LIMIT ${limit}) AS "accountIds"`;
  return z.tuple([z.object({ accountIds: z.array(z.string()), total: z.number() })]).parse(rows)[0];
}

const OfAccount = z.object({
  accountId: z.string(),
  calls: z.bigint().transform(Number),
  costUsd: z.string(),
});
export type AccountCost = z.infer<typeof OfAccount>;

/** What a statement has of each account, '' among them: calls of the month, and the cost of all lines. */
export async function costByAccount(
  db: Db,
  { tenantId, month, revision }: StatementKey,
): Promise<AccountCost[]> {
  const rows = await db.$queryRaw`
    SELECT account_id AS "accountId", coalesce(sum(calls) FILTER (WHERE kind <> 'price'), 0)::bigint AS calls,
      sum(cost_usd)::text AS "costUsd"
    FROM statement_line WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND revision = ${revision}
    GROUP BY account_id ORDER BY account_id COLLATE "C"`;
  return z.array(OfAccount).parse(rows);
}
