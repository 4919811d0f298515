import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { countQuarantine } from "./queries";

const recentDays = 35;
/** A sender gone wrong fills the shelf; beyond this the exact number says nothing more, and counting it costs. */
const most = 1_000;

/** How many calls were kept out of the ledger lately; `isMore` when there are more than were counted. */
export async function countQuarantinedCalls(ctx: Ctx): Promise<{ count: number; isMore: boolean }> {
  requireRight(ctx.actor, "calls:read");
  const since = new Date(ctx.now.getTime() - recentDays * 86_400_000);
  const count = await ctx.db.read((db) => countQuarantine(db, ctx.tenant.id, since, most));
  return { count: Math.min(count, most - 1), isMore: count === most };
}
