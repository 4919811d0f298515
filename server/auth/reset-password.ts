import { withAuth } from "@/server/db";
import { DomainError } from "@/server/errors";
import { hashPassword } from "./password";
import { personByEmail, proveEmail, setPasswordHash, takeSignInToken } from "./queries";
import { resetDigest } from "./reset-token";
import { ResetPasswordInput } from "./schemas";
import { countTry } from "./throttle";

/**
 * Sets a new password by a mailed link, which is used up by it; all sessions end.
 * @throws DomainError NOT_FOUND when the link is used, too old or was never sent, all alike; RATE_LIMITED
 */
export async function resetPassword(
  request: { address: string; now: Date },
  input: ResetPasswordInput,
): Promise<void> {
  const { email, token, password } = ResetPasswordInput.parse(input);
  await countTry("password", email, request.address);
  const passwordHash = await hashPassword(password);
  const isDone = await withAuth(async (db) => {
    const taken = await takeSignInToken(db, email, resetDigest(token));
    const person = await personByEmail(db, email);
    if (!taken || taken.expiresAt <= request.now || !person) return false;
    await proveEmail(db, person.id, request.now);
    await setPasswordHash(db, person.id, passwordHash);
    return true;
  });
  if (!isDone)
    throw new DomainError("NOT_FOUND", "This link has been used already or is too old. Ask for a new one.");
}
