import type { Ctx } from "@/server/context";
import { forgetOld } from "./delivery-queries";
import { purgeRemoved } from "./queries";
import { restorableHours } from "./schemas";

export const keepDays = 90;

/** Each day: old messages, and addresses that can no longer be had back. What waits is never forgotten. @returns how many messages were */
export async function pruneMessages(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - keepDays * 86_400_000);
  const removedBefore = new Date(ctx.now.getTime() - restorableHours * 3_600_000);
  return ctx.db.write(async (db) => {
    await purgeRemoved(db, ctx.tenant.id, removedBefore);
    return forgetOld(db, ctx.tenant.id, before);
  });
}
