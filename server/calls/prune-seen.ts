import type { Ctx } from "@/server/context";
import { forgetSeen, forgetSpans, forgetTagValues } from "./queries";

/** Five days more than a call may be late, so that no repeat finds its id forgotten. */
export const rememberDays = 40;

/** How long a parent span may come after its children and still give them its tags. */
export const parentMayComeWithinDays = 3;

/** Ids that can no longer come again, spans whose traces are over, and yesterday's counts of tag values. @returns how many ids were forgotten */
export async function pruneSeen(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - rememberDays * 86_400_000);
  const yesterday = new Date(ctx.now.getTime() - 86_400_000).toISOString().slice(0, 10);
  return ctx.db.rollup(async (db) => {
    await forgetTagValues(db, ctx.tenant.id, yesterday);
    await forgetSpans(db, ctx.tenant.id, new Date(ctx.now.getTime() - parentMayComeWithinDays * 86_400_000));
    return forgetSeen(db, ctx.tenant.id, before);
  });
}
