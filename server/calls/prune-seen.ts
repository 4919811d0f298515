import type { Ctx } from "@/server/context";
import { forgetSeen, forgetTagValues } from "./queries";

/** Five days more than a call may be late, so that no repeat finds its id forgotten. */
export const rememberDays = 40;

/** Ids that can no longer come again, and yesterday's counts of tag values. @returns how many ids were forgotten */
export async function pruneSeen(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - rememberDays * 86_400_000);
  const yesterday = new Date(ctx.now.getTime() - 86_400_000).toISOString().slice(0, 10);
  return ctx.db.rollup(async (db) => {
    await forgetTagValues(db, ctx.tenant.id, yesterday);
    return forgetSeen(db, ctx.tenant.id, before);
  });
}
