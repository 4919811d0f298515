import { recordAudit } from "@/server/audit/record";
import type { Ctx } from "@/server/context";
import { decide } from "./decide";
import { RecommendationInput } from "./schemas";

/**
 * Takes a decision back: one that was dismissed or accepted is open again (or gone, where it holds no more), and what was
 * measured so far is let go. What was verified stays.
 * @throws DomainError NOT_FOUND; CONFLICT when nothing was decided
 */
export async function reopenRecommendation(ctx: Ctx, input: RecommendationInput) {
  const { id } = RecommendationInput.parse(input);
  return decide(ctx, id, ["dismissed", "accepted", "not_seen"], (db, one, personId) => {
    const after = {
      ...one,
      state: one.holds ? ("open" as const) : ("gone" as const),
      decidedAt: ctx.now,
      decidedBy: personId,
      note: null,
      ownerId: null,
      dueOn: null,
      baseline: null,
      measured: null,
      dismissedUsd: null,
    };
    const before = { state: one.state, ownerId: one.ownerId, dueOn: one.dueOn };
    return Promise.resolve({
      after,
      audited: () => recordAudit(db, ctx, { action: "recommendation.reopened", subject: id, before }),
    });
  });
}
