import { randomUUID } from "node:crypto";
import type { Emit } from "@/server/context";
import { withAuth } from "@/server/db";
import { DomainError } from "@/server/errors";
import { acceptInvitation } from "@/server/members/accept";
import { findInvitation } from "@/server/members/find-invitation";
import { hashPassword } from "./password";
import { insertPerson } from "./queries";
import { RegisterInput } from "./schemas";
import { countTry } from "./throttle";

interface Request {
  address: string;
  now: Date;
  emit: Emit;
  requestId?: string;
}

/**
 * Makes a person with a password, and a member at once if they hold an invitation to that address. The address counts as
 * unproved either way: whoever invited them has seen the link too. Answers the slug of the tenant that they joined.
 * @throws DomainError CONFLICT when the address is taken; RATE_LIMITED
 */
export async function register(request: Request, input: RegisterInput): Promise<{ slug: string | null }> {
  const { email, password, name, invitationToken } = RegisterInput.parse(input);
  await countTry("register", email, request.address);
  if (invitationToken !== undefined) {
    const invitation = await findInvitation({ token: invitationToken }, request.now);
    if (invitation.email !== email)
      throw new DomainError("FORBIDDEN", "This invitation is for another e-mail address.");
  }
  const passwordHash = await hashPassword(password);
  const person = await withAuth((db) =>
    insertPerson(db, { email, name, passwordHash, emailVerifiedAt: null }),
  );
  if (!person) {
    throw new DomainError("CONFLICT", "This address cannot be registered. If it is yours, sign in.", {
      field: "email",
    });
  }
  if (invitationToken === undefined) return { slug: null };
  const session = { personId: person.id, email, name };
  return acceptInvitation(session, { requestId: randomUUID(), ...request }, { token: invitationToken });
}
