import { decode } from "next-auth/jwt";
import { withAuth } from "@/server/db";
import { env } from "@/server/env";
import { personById } from "./queries";
import { SessionClaims, sessionTokens } from "./session-cookie";

export interface SignedIn {
  personId: string;
  email: string;
  name: string;
}

async function claimsOf(token: string): Promise<SessionClaims | null> {
  try {
    const payload = await decode({ token, secret: env.NEXTAUTH_SECRET });
    const claims = SessionClaims.safeParse(payload);
    return claims.success ? claims.data : null;
  } catch {
    // Forged, expired or simply not a token: in each case nobody is signed in.
    return null;
  }
}

/** The person whom the claims name, unless that session was ended since. */
export async function personOfSession(claims: SessionClaims): Promise<SignedIn | null> {
  const person = await withAuth((db) => personById(db, claims.personId));
  if (person?.sessionVersion !== claims.sessionVersion) return null;
  return { personId: person.id, email: person.email, name: person.name };
}

/**
 * Who is signed in, read from the database at each request so that an ended session ends at once (ASVS 8.3.2).
 * Garbage in the cookie is nobody.
 * @throws DomainError UNAVAILABLE when the database does not answer: then we do not know
 */
export async function readSession(headers: Headers): Promise<SignedIn | null> {
  for (const token of sessionTokens(headers.get("cookie"))) {
    const claims = await claimsOf(token);
    if (claims) return personOfSession(claims);
  }
  return null;
}
