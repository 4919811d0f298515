import { withAuth } from "@/server/db";
import { digestOf } from "@/server/crypto/tokens";
import { DomainError } from "@/server/errors";
import { type FoundInvitation, invitationByDigest } from "./queries";
import { InvitationTokenInput } from "./schemas";

/**
 * The open invitation behind a link: its holder may see who invites whom, before signing in.
 * @throws DomainError NOT_FOUND for one that is unknown, used, withdrawn or too old, all alike
 */
export async function findInvitation(input: InvitationTokenInput, now: Date): Promise<FoundInvitation> {
  const { token } = InvitationTokenInput.parse(input);
  const found = await withAuth((db) => invitationByDigest(db, digestOf(token), now));
  if (!found)
    throw new DomainError("NOT_FOUND", "This invitation does not exist any more. Ask for a new one.");
  return found;
}
