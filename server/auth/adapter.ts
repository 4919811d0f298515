import type { Adapter, AdapterUser } from "next-auth/adapters";
import { currentTime } from "@/server/clock";
import { digestOf } from "@/server/crypto/tokens";
import { withAuth } from "@/server/db";
import * as people from "./queries";
import { Email, PersonName } from "./schemas";

function userOf(person: people.PersonRow | null): AdapterUser | null {
  return (
    person && { id: person.id, email: person.email, name: person.name, emailVerified: person.emailVerifiedAt }
  );
}

function known(user: AdapterUser | null): AdapterUser {
  if (!user) throw new Error("The person is gone.");
  return user;
}

interface Linked {
  provider: string;
  providerAccountId: string;
  userId: string;
}

/** Whoever gets as far as this has proved the address: options.ts refuses the others. */
export async function linkAccount({ provider, providerAccountId, userId }: Linked): Promise<void> {
  await withAuth(async (db) => {
    await people.insertAccount(db, { provider, providerAccountId, personId: userId });
    await people.proveEmail(db, userId, currentTime());
  });
}

/** What next-auth needs of our tables for OAuth and e-mail links. Sessions are not kept here: they are JWTs. */
export function createAdapter(): Adapter {
  return {
    getUser: (id) => withAuth(async (db) => userOf(await people.personById(db, id))),

    async getUserByEmail(email) {
      const parsed = Email.safeParse(email);
      return parsed.success
        ? withAuth(async (db) => userOf(await people.personByEmail(db, parsed.data)))
        : null;
    },

    getUserByAccount: ({ provider, providerAccountId }) =>
      withAuth(async (db) => {
        const personId = await people.personIdOfAccount(db, { provider, providerAccountId });
        return personId === null ? null : userOf(await people.personById(db, personId));
      }),

    async createUser(user: Omit<AdapterUser, "id">) {
      const email = Email.parse(user.email);
      const name = PersonName.safeParse(user.name ?? "").data ?? "";
      return withAuth(async (db) => {
        const person = { email, name, passwordHash: null, emailVerifiedAt: user.emailVerified };
        const made = await people.insertPerson(db, person);
        if (made) return known(userOf(made));
        // Somebody registered it between next-auth's look and now.
        const existing = known(userOf(await people.personByEmail(db, email)));
        if (user.emailVerified) await people.proveEmail(db, existing.id, user.emailVerified);
        return existing;
      });
    },

    updateUser: ({ id, emailVerified }) =>
      withAuth(async (db) => {
        if (emailVerified) await people.proveEmail(db, id, emailVerified);
        return known(userOf(await people.personById(db, id)));
      }),

    linkAccount,

    async createVerificationToken({ identifier, token, expires }) {
      await withAuth((db) =>
        people.insertSignInToken(db, { email: identifier, tokenDigest: digestOf(token), expiresAt: expires }),
      );
      return null;
    },

    async useVerificationToken({ identifier, token }) {
      const email = Email.safeParse(identifier);
      if (!email.success) return null;
      const taken = await withAuth((db) => people.takeSignInToken(db, email.data, digestOf(token)));
      return taken && { identifier: email.data, token, expires: taken.expiresAt };
    },
  };
}
