import { mailIsConfigured, sendMail } from "@/server/clients/email";
import { randomToken } from "@/server/crypto/tokens";
import { withAuth } from "@/server/db";
import { env } from "@/server/env";
import { DomainError } from "@/server/errors";
import { logFailure } from "./log";
import { insertSignInToken, personByEmail } from "./queries";
import { resetDigest, resetMinutes } from "./reset-token";
import { ForgotPasswordInput } from "./schemas";
import { countTry } from "./throttle";

async function mailLink(email: string, now: Date): Promise<void> {
  const person = await withAuth((db) => personByEmail(db, email));
  if (!person) return;
  const token = randomToken();
  const expiresAt = new Date(now.getTime() + resetMinutes * 60_000);
  await withAuth((db) => insertSignInToken(db, { email, tokenDigest: resetDigest(token), expiresAt }));
  const link = `${env.NEXTAUTH_URL}/reset-password?${new URLSearchParams({ email, token }).toString()}`;
  await sendMail({
    to: email,
    subject: "Choose a new Tokenledger password",
    text: `Open this link to choose a new password. It works once, for an hour:\n\n${link}\n\nIf you did not ask for it, nothing has happened: leave it be.\n`,
  });
}

/**
 * Mails a link to choose a new password to whoever has that address. The answer comes before the look-up and is the same
 * for all addresses, in time as well, so that it names nobody (ASVS 6.3.8). Resolves to the work that is still going on.
 * @throws DomainError UNAVAILABLE when this installation sends no mail; RATE_LIMITED
 */
export async function forgotPassword(
  request: { address: string; now: Date },
  input: ForgotPasswordInput,
): Promise<{ sending: Promise<void> }> {
  const { email } = ForgotPasswordInput.parse(input);
  if (!mailIsConfigured)
    throw new DomainError("UNAVAILABLE", "This installation sends no mail; ask whoever runs it.");
  await countTry("mail", email, request.address);
  const sending = mailLink(email, request.now).catch((error: unknown) =>
    logFailure("a reset link could not be mailed", error),
  );
  return { sending };
}
