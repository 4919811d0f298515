import { findInvitation } from "./find-invitation";
import type { InvitationTokenInput } from "./schemas";

/** What the page behind an invitation's link shows. @throws DomainError NOT_FOUND */
export async function showInvitation(input: InvitationTokenInput, now: Date) {
  const { tenant, email, role } = await findInvitation(input, now);
  return { tenantName: tenant.name, email, role };
}
