import { requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { DomainError } from "@/server/errors";
import { lockReview, type Review } from "./queries";

/**
 * A change that a person makes to a review that nobody has called done.
 * @throws DomainError NOT_FOUND; CONFLICT when it is done
 */
export async function changeOpen<T>(
  ctx: Ctx,
  week: string,
  change: (db: Db, review: Review, personId: string) => Promise<T>,
): Promise<T> {
  requireRight(ctx.actor, "reviews:write");
  const { personId } = requirePerson(ctx.actor);
  return ctx.db.write(async (db) => {
    const review = await lockReview(db, ctx.tenant.id, week);
    if (!review) throw new DomainError("NOT_FOUND", "There is no review of that week.");
    if (review.doneAt)
      throw new DomainError("CONFLICT", "This review is done; open it again to change what was noted.");
    return change(db, review, personId);
  });
}
