import { z } from "zod";
import { Email } from "./schemas";

const GithubEmails = z.array(z.object({ email: Email, primary: z.boolean(), verified: z.boolean() }));
const VerifiedProfile = z.object({ email: Email, email_verified: z.literal(true) });

/** GitHub's primary address if its owner proved it; next-auth's own provider would take an unproved one. */
export function primaryVerifiedEmail(emails: unknown): string | null {
  const parsed = GithubEmails.safeParse(emails);
  if (!parsed.success) return null;
  return parsed.data.find((entry) => entry.primary && entry.verified)?.email ?? null;
}

/** The address that a provider vouches for, or null: an unproved one may be anybody's, and must link to nobody. */
export function vouchedEmail(profile: unknown): string | null {
  const parsed = VerifiedProfile.safeParse(profile);
  return parsed.success ? parsed.data.email : null;
}
