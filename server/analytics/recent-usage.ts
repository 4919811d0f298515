import { addDays, localDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { type ModelUsage, modelUsage } from "./model-usage-query";

export const recentDays = 30;

export interface RecentUsage {
  /** Local days, both included. Today is among them, as far as it got. */
  from: string;
  to: string;
  usage: ModelUsage[];
}

/** What the tenant used of each model in the last 30 days. */
export async function recentUsage(ctx: Ctx): Promise<RecentUsage> {
  const to = localDay(ctx.now, ctx.tenant.timeZone);
  const from = addDays(to, 1 - recentDays);
  const usage = await ctx.db.read((db) => modelUsage(db, ctx.tenant.id, { first: from, last: to }));
  return { from, to, usage };
}
