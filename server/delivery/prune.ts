import type { Ctx } from "@/server/context";
import { forgetOld } from "./delivery-queries";

export const keepDays = 90;

/** Each day. What waits is never forgotten. @returns how many messages were */
export async function pruneMessages(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - keepDays * 86_400_000);
  return ctx.db.write((db) => forgetOld(db, ctx.tenant.id, before));
}
