import { z } from "zod";
import type { Db } from "@/server/db";
import type { Month } from "@/server/periods/schemas";

const Statement = z.object({
  revision: z.number(),
  /** Of the month's calls and of all corrections, exact. */
  costUsd: z.string(),
  amountUsd: z.string(),
  unpricedCalls: z.bigint().transform(Number),
});

/** The statement of a month in force; null: the month is open. */
export async function statementInForce(
  db: Db,
  tenantId: string,
  month: Month,
): Promise<z.infer<typeof Statement> | null> {
  const rows = await db.$queryRaw`
    SELECT revision, (cost_usd + corrections_usd)::text AS "costUsd", amount_usd::text AS "amountUsd", unpriced_calls AS "unpricedCalls"
    FROM statement WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date AND reopened_at IS NULL`;
  return z.array(Statement).parse(rows)[0] ?? null;
}
