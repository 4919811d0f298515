import { bumpRevision } from "@/server/attribution/bump-revision";
import { forgetPolicy } from "@/server/attribution/tenant-policy";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";

/**
 * One transaction that changes what the tenant says of prices. Changes of a tenant wait for each other; afterwards every
 * process knows that its book of the tenant is out of date, and who listens is told.
 */
export async function changePrices<T>(ctx: Ctx, change: (db: Db) => Promise<T>): Promise<T> {
  const tenantId = ctx.tenant.id;
  const result = await ctx.db.write(async (db) => {
    await bumpRevision(db, tenantId, ctx.now);
    return change(db);
  });
  forgetPolicy(tenantId);
  await ctx.emit({ name: "prices/changed", data: { tenantId } });
  return result;
}
