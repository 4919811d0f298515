import { z } from "zod";
import type { Db } from "@/server/db";
import type { StatementKey } from "@/server/statements/line-queries";

/** Providers of a statement, as calls name them. */
export async function statedProviders(
  db: Db,
  { tenantId, month, revision }: StatementKey,
): Promise<string[]> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT provider COLLATE "C" AS provider FROM statement_line
    WHERE tenant_id = ${tenantId}::uuid AND month = ${`${month}-01`}::date AND revision = ${revision} ORDER BY 1`;
  return z
    .array(z.object({ provider: z.string() }))
    .parse(rows)
    .map(({ provider }) => provider);
}
