import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { isMember } from "@/server/members/is-member";
import { chooseOwner, forgetChoice, reviewOwners } from "./owner-queries";
import { SetReviewOwnerInput } from "./schemas";

/**
 * Who walks through reviews to come; null: the tenant's owner. Reviews that are made already keep theirs.
 * @returns what was chosen before, to set it back
 * @throws DomainError INVALID_INPUT for somebody who is no member
 */
export async function setReviewOwner(
  ctx: Ctx,
  input: SetReviewOwnerInput,
): Promise<{ before: string | null }> {
  requireRight(ctx.actor, "reviews:manage");
  const { ownerId } = SetReviewOwnerInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    if (ownerId !== null && !(await isMember(db, tenantId, ownerId)))
      throw new DomainError("INVALID_INPUT", "The owner must be a member.", { field: "ownerId" });
    const { chosenId: before } = await reviewOwners(db, tenantId);
    if (ownerId === before) return { before };
    if (ownerId === null) await forgetChoice(db, tenantId);
    else await chooseOwner(db, { tenantId, ownerId, by: actorId(ctx.actor), now: ctx.now });
    await recordAudit(db, ctx, {
      action: "review.owner-set",
      subject: tenantId,
      before: { ownerId: before },
      after: { ownerId },
    });
    return { before };
  });
}
