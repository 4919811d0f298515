import { withAuth } from "@/server/db";
import { DomainError } from "@/server/errors";
import { checkPassword, hashPassword } from "./password";
import { passwordHashOf, setPasswordHash } from "./queries";
import { ChangePasswordInput } from "./schemas";
import type { SignedIn } from "./session";
import { countTry, forgiveTry } from "./throttle";

/**
 * Sets a new password and ends all sessions, the present one included. Who has a password must know it; who came by
 * Google, GitHub or mail and has none sets their first.
 * @throws DomainError INVALID_INPUT when `current` is wrong; RATE_LIMITED
 */
export async function changePassword(
  session: SignedIn,
  address: string,
  input: ChangePasswordInput,
): Promise<void> {
  const { current, next } = ChangePasswordInput.parse(input);
  await countTry("password", session.email, address);
  const person = await withAuth((db) => passwordHashOf(db, session.personId));
  if (!person) throw new DomainError("UNAUTHENTICATED", "Please sign in.");
  if (person.passwordHash !== null && !(await checkPassword(person.passwordHash, current ?? ""))) {
    throw new DomainError("INVALID_INPUT", "This is not your present password.", { field: "current" });
  }
  const passwordHash = await hashPassword(next);
  await withAuth((db) => setPasswordHash(db, session.personId, passwordHash));
  await forgiveTry("password", session.email, address);
}
