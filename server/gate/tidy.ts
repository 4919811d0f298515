import type { Ctx } from "@/server/context";
import { expireHolds, lockGate, pruneGate } from "./queries";

/** What ended longer ago is of no use any more: the budgets have their figures from the ledger. */
const keptDays = 40;
const dayMs = 86_400_000;

/** Ends leases that ran out where nobody asks any more, and forgets what is long over. */
export async function tidyGate(ctx: Ctx): Promise<{ expired: number; forgotten: number }> {
  return ctx.db.write(async (db) => {
    await lockGate(db, ctx.tenant.id);
    const expired = await expireHolds(db, ctx.tenant.id, ctx.now);
    const forgotten = await pruneGate(db, ctx.tenant.id, {
      holdsBefore: new Date(ctx.now.getTime() - keptDays * dayMs),
      beatsBefore: new Date(ctx.now.getTime() - 3_600_000),
    });
    return { expired, forgotten };
  });
}
