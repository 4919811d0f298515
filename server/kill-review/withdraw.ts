import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { type Decision, decisionsAbout, insertDecision, lockDecisions } from "./decision-queries";
import { WithdrawInput } from "./schemas";

/** Takes a decision back: it stays in the history, is reminded of no more and measured no more. @throws DomainError NOT_FOUND */
export async function withdrawDecision(ctx: Ctx, input: WithdrawInput): Promise<{ before: Decision }> {
  requireRight(ctx.actor, "reviews:write");
  const { month, feature, reason } = WithdrawInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await lockDecisions(db, tenantId);
    const [before] = await decisionsAbout(db, tenantId, feature);
    if (!before || before.decision === "withdrawn" || before.month !== month)
      throw new DomainError(
        "NOT_FOUND",
        "There is no decision about that feature on the kill review of that month.",
      );
    await insertDecision(db, tenantId, {
      feature,
      version: before.version + 1,
      month,
      decision: "withdrawn",
      reason,
      ownerId: before.ownerId,
      dueOn: null,
      mergeInto: null,
      baseline: null,
      decidedAt: ctx.now,
      decidedBy: actorId(ctx.actor),
    });
    await recordAudit(db, ctx, {
      action: "kill-review.withdrawn",
      subject: feature,
      before: { decision: before.decision, dueOn: before.dueOn },
      after: { reason },
    });
    return { before };
  });
}
