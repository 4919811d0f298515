import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findReview, tickedSteps } from "./queries";
import { ReviewInput } from "./schemas";

/** A week's review as it was frozen, and how far somebody has got with it. @throws DomainError NOT_FOUND */
export async function readReview(ctx: Ctx, input: ReviewInput) {
  requireRight(ctx.actor, "reviews:read");
  const { week } = ReviewInput.parse(input);
  return ctx.db.read(async (db) => {
    const review = await findReview(db, ctx.tenant.id, week);
    if (!review) throw new DomainError("NOT_FOUND", "There is no review of that week.");
    return { review, ticked: await tickedSteps(db, ctx.tenant.id, week) };
  });
}
