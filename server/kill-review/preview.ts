import { requireRight } from "@/server/auth/permissions";
import { thisMonth } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import { takeReview } from "./take";

/** The running month as if it ended today: nothing of it is kept, and all of it may still change. Null: nothing was seen yet. */
export async function previewKillReview(ctx: Ctx) {
  requireRight(ctx.actor, "reviews:read");
  const month = thisMonth(ctx.now, ctx.tenant.timeZone);
  const taken = await takeReview(ctx, month, { isFinal: false });
  return taken === null || typeof taken === "string"
    ? null
    : { month, timeZone: ctx.tenant.timeZone, ...taken };
}
