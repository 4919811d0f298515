import type { Ctx } from "@/server/context";
import { forgetDeliveries } from "./queries";

export const keepDoneDays = 7;
/** What failed can be tried again for as long. */
const keepContentDays = 7;
const keepFailedDays = 30;

/** Each day. What waits is never forgotten. @returns how many deliveries were */
export async function pruneInbox(ctx: Ctx): Promise<number> {
  const daysAgo = (days: number) => new Date(ctx.now.getTime() - days * 86_400_000);
  const before = {
    done: daysAgo(keepDoneDays),
    content: daysAgo(keepContentDays),
    failed: daysAgo(keepFailedDays),
  };
  return ctx.db.rollup((db) => forgetDeliveries(db, ctx.tenant.id, before));
}
