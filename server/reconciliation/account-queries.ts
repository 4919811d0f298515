import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { isWholeCall } from "@/server/rollups/shape";
import type { Span } from "./ledger-queries";

const whole = Prisma.raw(isWholeCall);

const Row = z.object({
  accountId: z.string(),
  calls: z.string(),
  ledgerUsd: z.string(),
  /** Null: the days are of another zone than the month, and cannot tell. */
  rolledUpUsd: z.string().nullable(),
  /** Null: there is no statement in force. */
  statedUsd: z.string().nullable(),
});
export type AccountSums = z.infer<typeof Row>;

/**
 * A month by account: its calls added up one by one, its days by user, and what statements in force hold of it ('' is calls
 * without an account).
 */
export async function accountSums(
  db: Db,
  tenantId: string,
  { month, from, to }: Span & { month: string },
  { hasDays, hasStatement }: { hasDays: boolean; hasStatement: boolean },
): Promise<AccountSums[]> {
  const first = Prisma.sql`${`${month}-01`}::date`;
  const rows = await db.$queryRaw`
    WITH ledger AS (
      SELECT coalesce(account_id, '') AS account, count(*) FILTER (WHERE ${whole}) AS calls, coalesce(sum(cost_usd), 0) AS usd FROM call
      WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz GROUP BY 1
    ), days AS (
      SELECT account_id AS account, sum(cost_usd) AS usd FROM rollup_user_day
      WHERE tenant_id = ${tenantId}::uuid AND day >= ${first} AND day < (${first} + interval '1 month')::date AND ${hasDays} GROUP BY 1
    ), stated AS (
      SELECT l.account_id AS account, sum(l.cost_usd) AS usd FROM statement_line l
        JOIN statement s ON s.tenant_id = l.tenant_id AND s.month = l.month AND s.revision = l.revision AND s.reopened_at IS NULL
      WHERE l.tenant_id = ${tenantId}::uuid AND l.of_month = ${first} AND l.kind IN ('usage', 'late') AND ${hasStatement} GROUP BY 1
    )
    SELECT account AS "accountId", coalesce(ledger.calls, 0)::text AS calls, coalesce(ledger.usd, 0)::text AS "ledgerUsd",
      CASE WHEN ${hasDays} THEN coalesce(days.usd, 0)::text END AS "rolledUpUsd",
      CASE WHEN ${hasStatement} THEN coalesce(stated.usd, 0)::text END AS "statedUsd"
    FROM ledger FULL JOIN days USING (account) FULL JOIN stated USING (account)
    ORDER BY greatest(coalesce(ledger.usd, 0), coalesce(days.usd, 0), coalesce(stated.usd, 0)) DESC, account COLLATE "C"`;
  return z.array(Row).parse(rows);
}
