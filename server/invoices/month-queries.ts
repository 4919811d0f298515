import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { Month } from "@/server/periods/schemas";
import { InvoiceState } from "./schemas";

const dateOf = (month: Month) => Prisma.sql`${`${month}-01`}::date`;

export async function draftTotals(
  db: Db,
  tenantId: string,
  month: Month,
): Promise<{ drafts: number; totalUsd: string }> {
  const rows = await db.$queryRaw`
    SELECT count(*)::int AS drafts, coalesce(sum(total_usd), 0)::numeric(38, 2)::text AS "totalUsd" FROM invoice
    WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND state = 'draft'`;
  return z.tuple([z.object({ drafts: z.number(), totalUsd: z.string() })]).parse(rows)[0];
}

const Light = z.object({
  accountId: z.string(),
  state: InvoiceState,
  statementRevision: z.number(),
  costUsd: z.string(),
  netUsd: z.string(),
  totalUsd: z.string(),
});
export type LightInvoice = z.infer<typeof Light>;

/** Of a month, what its summary is made of. */
export async function lightInvoices(db: Db, tenantId: string, month: Month): Promise<LightInvoice[]> {
  const rows = await db.$queryRaw`
    SELECT account_id AS "accountId", state, statement_revision AS "statementRevision", cost_usd::text AS "costUsd",
      net_usd::text AS "netUsd", total_usd::text AS "totalUsd"
    FROM invoice WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)}`;
  return z.array(Light).parse(rows);
}

/** Months with a statement in force or with invoices, the newest first. */
export async function monthsWithBooks(db: Db, tenantId: string): Promise<Month[]> {
  const rows = await db.$queryRaw<{ month: string }[]>`
    SELECT to_char(month, 'YYYY-MM') AS month FROM (
      SELECT month FROM statement WHERE tenant_id = ${tenantId}::uuid AND reopened_at IS NULL
      UNION SELECT month FROM invoice WHERE tenant_id = ${tenantId}::uuid) AS books ORDER BY 1 DESC`;
  return rows.map(({ month }) => month);
}
