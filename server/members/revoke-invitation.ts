import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { rightFor } from "./ownership";
import { endInvitation } from "./queries";
import { RevokeInvitationInput } from "./schemas";

/** Takes an open invitation back. @throws DomainError NOT_FOUND when there is none (any more) */
export async function revokeInvitation(ctx: Ctx, input: RevokeInvitationInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "members:write");
  const { id } = RevokeInvitationInput.parse(input);
  await ctx.db.write(async (db) => {
    const ended = await endInvitation(db, { tenantId: ctx.tenant.id, id, now: ctx.now, how: "revokedAt" });
    if (!ended) throw new DomainError("NOT_FOUND", "There is no such invitation.");
    requireRight(ctx.actor, rightFor(ended.role));
    await recordAudit(db, ctx, {
      action: "invitation.revoked",
      subject: id,
      before: { email: ended.email, role: ended.role },
    });
  });
  return { id };
}
