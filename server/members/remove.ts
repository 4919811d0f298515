import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { leavesNoOwner, rightFor } from "./ownership";
import { deleteMember, lockOwnersAnd } from "./queries";
import { RemoveMemberInput } from "./schemas";

/**
 * Ends a membership, from the next request on. Everybody may end their own; another's takes the right to.
 * @throws DomainError NOT_FOUND; CONFLICT when the tenant would be left without an owner
 */
export async function removeMember(ctx: Ctx, input: RemoveMemberInput): Promise<{ personId: string }> {
  const { personId } = RemoveMemberInput.parse(input);
  const isSelf = ctx.actor.kind === "person" && ctx.actor.personId === personId;
  if (!isSelf) requireRight(ctx.actor, "members:write");
  const member = { tenantId: ctx.tenant.id, personId };
  await ctx.db.write(async (db) => {
    const { ownerIds, role } = await lockOwnersAnd(db, member);
    if (role === null) throw new DomainError("NOT_FOUND", "There is no such member.");
    if (!isSelf) requireRight(ctx.actor, rightFor(role));
    if (role === "owner" && leavesNoOwner(ownerIds, personId)) {
      throw new DomainError("CONFLICT", "The last owner stays: make somebody else an owner first.");
    }
    await deleteMember(db, member);
    await recordAudit(db, ctx, {
      action: isSelf ? "member.left" : "member.removed",
      subject: personId,
      before: { role },
    });
  });
  return { personId };
}
