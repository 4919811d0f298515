import type { Ctx } from "@/server/context";
import { makeDueKillReview } from "@/server/kill-review/make-due";
import { monthOf } from "@/server/kill-review/month";
import { hoursToReview, reviewedDemoMonth } from "./demo-months";

/** The kill review of the month before, as the job would have made it early on the first. */
export async function reviewLastMonth(ctx: Ctx): Promise<void> {
  const { to } = monthOf(reviewedDemoMonth(ctx.now), ctx.tenant.timeZone);
  await makeDueKillReview({ ...ctx, now: new Date(to.getTime() + hoursToReview * 3_600_000) });
}
