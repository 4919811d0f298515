import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { leavesNoOwner, rightFor } from "./ownership";
import { lockOwnersAnd, setRole } from "./queries";
import { ChangeRoleInput } from "./schemas";

/**
 * Gives a member another role, from their next request on.
 * @throws DomainError NOT_FOUND; CONFLICT when the tenant would be left without an owner
 */
export async function changeRole(
  ctx: Ctx,
  input: ChangeRoleInput,
): Promise<{ personId: string; role: string }> {
  requireRight(ctx.actor, "members:write");
  const { personId, role } = ChangeRoleInput.parse(input);
  const member = { tenantId: ctx.tenant.id, personId };
  await ctx.db.write(async (db) => {
    const { ownerIds, role: before } = await lockOwnersAnd(db, member);
    if (before === null) throw new DomainError("NOT_FOUND", "There is no such member.");
    requireRight(ctx.actor, rightFor(before, role));
    if (before === role) return;
    if (before === "owner" && leavesNoOwner(ownerIds, personId)) {
      throw new DomainError("CONFLICT", "The last owner stays one: make somebody else an owner first.");
    }
    await setRole(db, { ...member, role });
    await recordAudit(db, ctx, {
      action: "member.role-changed",
      subject: personId,
      before: { role: before },
      after: { role },
    });
  });
  return { personId, role };
}
