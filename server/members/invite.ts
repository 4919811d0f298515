import { randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { logFailure } from "@/server/auth/log";
import { requirePerson, requireRight } from "@/server/auth/permissions";
import { mailIsConfigured, sendMail } from "@/server/clients/email";
import type { Ctx } from "@/server/context";
import { digestOf, randomToken } from "@/server/crypto/tokens";
import { env } from "@/server/env";
import { DomainError } from "@/server/errors";
import { rightFor } from "./ownership";
import { insertInvitation, isMemberEmail, withdrawInvitationsTo } from "./queries";
import { invitationDays, InviteInput } from "./schemas";

const dayMs = 24 * 60 * 60 * 1000;

function invitationMail(to: string, tenantName: string, inviter: string, link: string) {
  return {
    to,
    subject: `Join ${tenantName} on Tokenledger`,
    text: `${inviter} invites you to ${tenantName} on Tokenledger. The link is yours for ${String(invitationDays)} days:\n\n${link}\n`,
  };
}

/** The invitation stands whether or not the mail leaves: the link is handed to the inviter as well. */
async function mailed(mail: ReturnType<typeof invitationMail>): Promise<boolean> {
  if (!mailIsConfigured) return false;
  try {
    await sendMail(mail);
    return true;
  } catch (error) {
    logFailure("an invitation could not be mailed", error);
    return false;
  }
}

/**
 * Asks somebody to join. The link is shown once and mailed if this installation can; it works for seven days.
 * @throws DomainError CONFLICT when they are a member already
 */
export async function inviteMember(ctx: Ctx, input: InviteInput) {
  const { email, role } = InviteInput.parse(input);
  requireRight(ctx.actor, "members:write");
  requireRight(ctx.actor, rightFor(role));
  const inviter = requirePerson(ctx.actor);
  const token = randomToken();
  const id = randomUUID();
  const expiresAt = new Date(ctx.now.getTime() + invitationDays * dayMs);
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    if (await isMemberEmail(db, tenantId, email)) {
      throw new DomainError("CONFLICT", "This person is a member already.", { field: "email" });
    }
    await withdrawInvitationsTo(db, tenantId, email, ctx.now);
    const invitedBy = inviter.personId;
    await insertInvitation(db, {
      tenantId,
      id,
      email,
      role,
      tokenDigest: digestOf(token),
      invitedBy,
      createdAt: ctx.now,
      expiresAt,
    });
    await recordAudit(db, ctx, {
      action: "invitation.created",
      subject: id,
      after: { email, role, expiresAt: expiresAt.toISOString() },
    });
  });
  const link = `${env.NEXTAUTH_URL}/accept-invitation?token=${token}`;
  const wasMailed = await mailed(invitationMail(email, ctx.tenant.name, inviter.email, link));
  return { id, email, role, link, mailed: wasMailed, expiresAt: expiresAt.toISOString() };
}
