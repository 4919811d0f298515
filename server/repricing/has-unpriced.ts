import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { unpricedSpan } from "./queries";

/** Whether calls of the tenant wait for a price. */
export async function hasUnpriced(ctx: Ctx): Promise<boolean> {
  requireRight(ctx.actor, "prices:read");
  return (await ctx.db.rollup((db) => unpricedSpan(db, ctx.tenant.id))) !== null;
}
