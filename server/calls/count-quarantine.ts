import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { countQuarantine } from "./queries";

const recentDays = 35;
/** A sender gone wrong fills the shelf; beyond this the exact number says nothing more, and counting it costs. */
const most = 1_000;

export interface QuarantineCount {
  count: number;
  /** There are more than were counted. */
  isMore: boolean;
  /** How far back was counted. */
  days: number;
}

/** How many calls were kept out of the ledger lately. */
export async function countQuarantinedCalls(ctx: Ctx): Promise<QuarantineCount> {
  requireRight(ctx.actor, "calls:read");
  const since = new Date(ctx.now.getTime() - recentDays * 86_400_000);
  const count = await ctx.db.read((db) => countQuarantine(db, ctx.tenant.id, since, most));
  return { count: Math.min(count, most - 1), isMore: count === most, days: recentDays };
}
