import { withAuth } from "@/server/db";
import { isDomainError } from "@/server/errors";
import { logFailure } from "./log";
import { checkPassword } from "./password";
import { personWithPassword } from "./queries";
import { SignInInput } from "./schemas";
import { countTry, forgiveTry } from "./throttle";

export interface SignInCandidate {
  id: string;
  email: string;
  name: string;
}

async function attempt({ email, password }: SignInInput, address: string): Promise<SignInCandidate | null> {
  await countTry("password", email, address);
  const person = await withAuth((db) => personWithPassword(db, email));
  if (!(await checkPassword(person?.passwordHash ?? null, password))) return null;
  await forgiveTry("password", email, address);
  return person && { id: person.id, email: person.email, name: person.name };
}

/**
 * The person of that e-mail address and password. Null, never an error, for everything else, a paused account and a
 * silent database included: next-auth would put an error's text into the address bar (reliability P48).
 */
export async function signInWithPassword(input: unknown, address: string): Promise<SignInCandidate | null> {
  const parsed = SignInInput.safeParse(input);
  if (!parsed.success) return null;
  try {
    return await attempt(parsed.data, address);
  } catch (error) {
    if (!isDomainError(error)) logFailure("signing in failed", error);
    return null;
  }
}
