import { atOneMoment } from "@/server/analytics/one-moment";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { type Decision, newestDecisions } from "./decision-queries";
import { findReview, reviewItems } from "./queries";
import { KillReviewInput } from "./schemas";
import { sinceThen } from "./since-then";
import { statesOf } from "./take-decisions";

/** All but the days that a baseline was told from. */
const shown = ({ baseline, ...decision }: Decision) => ({
  ...decision,
  expected: baseline?.stretches ?? [],
});

/**
 * A month's review as it was frozen, what was decided on it or before and holds now, and what came to the month since.
 * @throws DomainError NOT_FOUND
 */
export async function readKillReview(ctx: Ctx, input: KillReviewInput) {
  requireRight(ctx.actor, "reviews:read");
  const { month } = KillReviewInput.parse(input);
  return atOneMoment(ctx, async (then, db) => {
    const review = await findReview(db, ctx.tenant.id, month);
    if (!review) throw new DomainError("NOT_FOUND", "There is no kill review of that month.");
    const items = await reviewItems(db, ctx.tenant.id, month);
    const decisions = await newestDecisions(db, ctx.tenant.id);
    const states = await statesOf(db, then, decisions);
    const { figures, timeZone, takenAt } = review;
    return {
      month,
      timeZone,
      takenAt,
      figures,
      items,
      /** What holds of each feature, whichever review it was decided on; withdrawn ones are left out. */
      decisions: decisions
        .filter(({ decision }) => decision !== "withdrawn")
        .map((decision) => ({
          ...shown(decision),
          state: states.get(decision.feature) ?? ("open" as const),
        })),
      sinceThen: await sinceThen(then, review, items),
    };
  });
}
