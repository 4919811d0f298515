import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { renameCustomer, renameExports, renameRevenue } from "./rename-queries";

/**
 * Gives somebody who is forgotten another name in what left for the billing provider, as the jobs' role: what was sent stays
 * sent, under the identifiers that it was sent with, and goes on being billed to the same customer. What the provider knows of
 * its customer is the provider's.
 */
export async function renameInBilling(
  db: Db,
  ctx: Ctx,
  { ids, alias }: { ids: readonly string[]; alias: string },
): Promise<void> {
  const { id: tenantId } = ctx.tenant;
  for (const accountId of ids) {
    const names = { tenantId, accountId, alias };
    await renameExports(db, names);
    await renameCustomer(db, names);
    await renameRevenue(db, names);
  }
}
