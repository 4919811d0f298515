import { recordAudit } from "@/server/audit/record";
import type { SignedIn } from "@/server/auth/session";
import { createContext, type Emit } from "@/server/context";
import { DomainError } from "@/server/errors";
import { findInvitation } from "./find-invitation";
import { endInvitation, insertMember } from "./queries";
import type { InvitationTokenInput } from "./schemas";

interface Request {
  requestId: string;
  now: Date;
  emit: Emit;
}

/**
 * Makes the person who was invited a member. Holding the link is not enough: it is for one address. Who is a member
 * already keeps their role.
 * @throws DomainError NOT_FOUND when the invitation is not open; FORBIDDEN when it is for another address
 */
export async function acceptInvitation(
  session: SignedIn,
  request: Request,
  input: InvitationTokenInput,
): Promise<{ slug: string }> {
  const { tenant, invitationId, email, role } = await findInvitation(input, request.now);
  if (email !== session.email) {
    throw new DomainError(
      "FORBIDDEN",
      "This invitation is for another e-mail address. Sign in with that one.",
    );
  }
  const { personId } = session;
  const ctx = createContext({ ...request, tenant, actor: { kind: "person", personId, email, role } });
  await ctx.db.write(async (db) => {
    const ended = await endInvitation(db, {
      tenantId: tenant.id,
      id: invitationId,
      now: ctx.now,
      how: "acceptedAt",
    });
    if (!ended)
      throw new DomainError("NOT_FOUND", "This invitation does not exist any more. Ask for a new one.");
    const joined = await insertMember(db, {
      tenantId: tenant.id,
      personId,
      role: ended.role,
      createdAt: ctx.now,
    });
    await recordAudit(db, ctx, {
      action: "invitation.accepted",
      subject: invitationId,
      after: { email, role: ended.role, joined },
    });
  });
  return { slug: tenant.slug };
}
