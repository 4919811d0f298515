import { randomUUID } from "node:crypto";
import { hashPassword } from "@/server/auth/password";
import { insertPerson, personByEmail, setPasswordHash } from "@/server/auth/queries";
import { withAuth } from "@/server/db";

export interface SeedPerson {
  email: string;
  name: string;
  password: string | null;
}

/** A person whose address is proved. One that is there already (a seed that was cut short) gets the new password. */
export async function seedPerson(
  overrides: Partial<SeedPerson> = {},
): Promise<{ id: string; email: string }> {
  const { email = `${randomUUID()}@example.com`, name = "Somebody", password = null } = overrides;
  const passwordHash = password === null ? null : await hashPassword(password);
  return withAuth(async (db) => {
    const made = await insertPerson(db, { email, name, passwordHash, emailVerifiedAt: new Date() });
    const person = made ?? (await personByEmail(db, email));
    if (!person) throw new Error(`${email} was neither made nor found.`);
    if (!made && passwordHash !== null) await setPasswordHash(db, person.id, passwordHash);
    return { id: person.id, email };
  });
}
