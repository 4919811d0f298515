import type { Ctx } from "@/server/context";
import { forgetSeen } from "./queries";

/** Five days more than a call may be late, so that no repeat finds its id forgotten. */
export const rememberDays = 40;

/** @returns how many ids were forgotten */
export async function pruneSeen(ctx: Ctx): Promise<number> {
  const before = new Date(ctx.now.getTime() - rememberDays * 86_400_000);
  return ctx.db.rollup((db) => forgetSeen(db, ctx.tenant.id, before));
}
