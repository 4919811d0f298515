import { withAuth } from "@/server/db";
import { passwordHashOf } from "./queries";
import type { SignedIn } from "./session";

/** The signed-in person as their account page shows them. */
export async function me(session: SignedIn) {
  const person = await withAuth((db) => passwordHashOf(db, session.personId));
  const hasPassword = person !== null && person.passwordHash !== null;
  return { personId: session.personId, email: session.email, name: session.name, hasPassword };
}
