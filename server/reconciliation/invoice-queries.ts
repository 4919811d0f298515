import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { StatementKey } from "@/server/statements/line-queries";

const Row = z.object({
  accountId: z.string(),
  /** Of the statement's lines; null: it has none of the account. */
  statedUsd: z.string().nullable(),
  /** Null: there is no invoice in force. */
  state: z.enum(["draft", "final"]).nullable(),
  number: z.string().nullable(),
  basisUsd: z.string().nullable(),
  netUsd: z.string().nullable(),
  totalUsd: z.string().nullable(),
  revision: z.number().nullable(),
  /** False: it is not billed from here, or not for this month. */
  isBilled: z.boolean(),
});
export type InvoicedAccount = z.infer<typeof Row>;

/** A statement by account, each beside its invoice. '' is calls without an account. */
export async function invoicedAccounts(
  db: Db,
  { tenantId, month, revision }: StatementKey,
): Promise<InvoicedAccount[]> {
  const first = Prisma.sql`${`${month}-01`}::date`;
  const rows = await db.$queryRaw`
    WITH stated AS (
      SELECT account_id, sum(cost_usd) AS usd FROM statement_line
      WHERE tenant_id = ${tenantId}::uuid AND month = ${first} AND revision = ${revision} GROUP BY account_id
    ), invoiced AS (
      SELECT account_id, state, number, cost_usd, net_usd, total_usd, statement_revision FROM invoice
      WHERE tenant_id = ${tenantId}::uuid AND month = ${first} AND state <> 'void'
    )
    SELECT coalesce(s.account_id, i.account_id) AS "accountId", s.usd::text AS "statedUsd", i.state, i.number,
      i.cost_usd::text AS "basisUsd", i.net_usd::text AS "netUsd", i.total_usd::text AS "totalUsd",
      i.statement_revision AS revision,
      coalesce((SELECT a.is_billed AND coalesce(a.bill_from, ${first}) <= ${first} AND coalesce(a.bill_through, ${first}) >= ${first} FROM invoice_account a
        WHERE a.tenant_id = ${tenantId}::uuid AND a.account_id = coalesce(s.account_id, i.account_id)), true) AS "isBilled"
    FROM stated s FULL JOIN invoiced i ON i.account_id = s.account_id
    ORDER BY 1`;
  return z.array(Row).parse(rows);
}

/** Whether anybody is billed here at all. */
export async function hasRatePlans(db: Db, tenantId: string): Promise<boolean> {
  return (await db.ratePlan.count({ where: { tenantId } })) > 0;
}
