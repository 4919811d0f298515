import { z } from "zod";
import type { Db } from "@/server/db";

const identity = { id: true, email: true, name: true, sessionVersion: true, emailVerifiedAt: true } as const;

export interface PersonRow {
  id: string;
  email: string;
  name: string;
  sessionVersion: number;
  emailVerifiedAt: Date | null;
}

export function personById(db: Db, personId: string): Promise<PersonRow | null> {
  return db.person.findUnique({ where: { id: personId }, select: identity });
}

export function personByEmail(db: Db, email: string): Promise<PersonRow | null> {
  return db.person.findUnique({ where: { email }, select: identity });
}

export function personWithPassword(db: Db, email: string) {
  return db.person.findUnique({ where: { email }, select: { ...identity, passwordHash: true } });
}

export function passwordHashOf(db: Db, personId: string) {
  return db.person.findUnique({ where: { id: personId }, select: { passwordHash: true } });
}

export interface NewPerson {
  email: string;
  name: string;
  passwordHash: string | null;
  emailVerifiedAt: Date | null;
}

/** Null when the address is taken. */
export async function insertPerson(db: Db, person: NewPerson): Promise<PersonRow | null> {
  const [row] = await db.person.createManyAndReturn({
    data: [person],
    skipDuplicates: true,
    select: identity,
  });
  return row ?? null;
}

/** A new password ends every session that the person has. */
export async function setPasswordHash(db: Db, personId: string, passwordHash: string): Promise<void> {
  await db.person.update({
    where: { id: personId },
    data: { passwordHash, sessionVersion: { increment: 1 } },
    select: { id: true },
  });
}

export async function endSessions(db: Db, personId: string): Promise<void> {
  await db.person.update({
    where: { id: personId },
    data: { sessionVersion: { increment: 1 } },
    select: { id: true },
  });
}

/**
 * The person proved to own the address. Whoever set a password before that need not have been them, so it goes, and its
 * sessions with it; a second proof changes nothing.
 */
export async function proveEmail(db: Db, personId: string, provedAt: Date): Promise<void> {
  await db.person.updateMany({
    where: { id: personId, emailVerifiedAt: null },
    data: { emailVerifiedAt: provedAt, passwordHash: null, sessionVersion: { increment: 1 } },
  });
}

export async function personIdOfAccount(db: Db, account: { provider: string; providerAccountId: string }) {
  const row = await db.oauthAccount.findUnique({
    where: { provider_providerAccountId: account },
    select: { personId: true },
  });
  return row?.personId ?? null;
}

export async function insertAccount(
  db: Db,
  account: { provider: string; providerAccountId: string; personId: string },
): Promise<void> {
  await db.oauthAccount.createMany({ data: [account] });
}

export async function insertSignInToken(
  db: Db,
  token: { email: string; tokenDigest: Buffer<ArrayBuffer>; expiresAt: Date },
): Promise<void> {
  await db.$executeRaw`DELETE FROM sign_in_token WHERE expires_at < now() - interval '1 day'`;
  await db.signInToken.createMany({ data: [token] });
}

const Expiry = z.tuple([z.object({ expiresAt: z.date() })]).or(z.tuple([]));

/** Takes the token away, whoever comes first; null if there is none (any more). */
export async function takeSignInToken(
  db: Db,
  email: string,
  tokenDigest: Buffer,
): Promise<{ expiresAt: Date } | null> {
  const rows = await db.$queryRaw`
    DELETE FROM sign_in_token WHERE email = ${email} AND token_digest = ${tokenDigest} RETURNING expires_at AS "expiresAt"`;
  return Expiry.parse(rows)[0] ?? null;
}
