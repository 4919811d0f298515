import { recordAudit } from "@/server/audit/record";
import { requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { lockReview, setDone } from "./queries";
import { ReviewInput } from "./schemas";

/** Takes back that a review is done; ticks and notes stay. One that is open stays so. @throws DomainError NOT_FOUND */
export async function reopenReview(ctx: Ctx, input: ReviewInput): Promise<{ week: string }> {
  requireRight(ctx.actor, "reviews:write");
  requirePerson(ctx.actor);
  const { week } = ReviewInput.parse(input);
  return ctx.db.write(async (db) => {
    const review = await lockReview(db, ctx.tenant.id, week);
    if (!review) throw new DomainError("NOT_FOUND", "There is no review of that week.");
    if (review.doneAt) {
      await setDone(db, ctx.tenant.id, week, null);
      const { doneAt, doneBy } = review;
      await recordAudit(db, ctx, {
        action: "review.reopened",
        subject: week,
        before: { doneAt: doneAt.toISOString(), doneBy },
      });
    }
    return { week };
  });
}
