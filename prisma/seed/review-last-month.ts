import { lastWholeMonth } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import { makeDueKillReview } from "@/server/kill-review/make-due";
import { monthOf } from "@/server/kill-review/month";

/** As soon as the month's last calls had arrived. */
const hoursAfter = 2;

/** The kill review of the month before, as the job would have made it early on the first; none in the first hours of a month. */
export async function reviewLastMonth(ctx: Ctx): Promise<void> {
  const { to } = monthOf(lastWholeMonth(ctx.now, ctx.tenant.timeZone), ctx.tenant.timeZone);
  const then = new Date(to.getTime() + hoursAfter * 3_600_000);
  await makeDueKillReview({ ...ctx, now: then < ctx.now ? then : ctx.now });
}
