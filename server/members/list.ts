import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listMemberRows, openInvitations } from "./queries";

/** Who belongs to the tenant, and who was asked to and has not answered yet. */
export async function listMembers(ctx: Ctx) {
  requireRight(ctx.actor, "members:read");
  return ctx.db.read(async (db) => {
    const members = await listMemberRows(db, ctx.tenant.id);
    const invitations = await openInvitations(db, ctx.tenant.id, ctx.now);
    return {
      members: members.map((member) => ({ ...member, since: member.since.toISOString() })),
      invitations: invitations.map((row) => ({ ...row, expiresAt: row.expiresAt.toISOString() })),
    };
  });
}
