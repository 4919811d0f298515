import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { changeOpen } from "./open-review";
import { setDone, tickedSteps } from "./queries";
import { ReviewInput, reviewSteps } from "./schemas";

/** Says that a review was walked through, by whom and when. @throws DomainError CONFLICT while a part is not ticked */
export function finishReview(ctx: Ctx, input: ReviewInput): Promise<{ doneAt: Date; doneBy: string }> {
  const { week } = ReviewInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return changeOpen(ctx, week, async (db, _review, personId) => {
    const left = reviewSteps.length - (await tickedSteps(db, tenantId, week)).length;
    if (left > 0)
      throw new DomainError(
        "CONFLICT",
        left === 1 ? "One part is not ticked yet." : `${String(left)} parts are not ticked yet.`,
      );
    await setDone(db, tenantId, week, { at: ctx.now, by: personId });
    await recordAudit(db, ctx, { action: "review.done", subject: week });
    return { doneAt: ctx.now, doneBy: personId };
  });
}
