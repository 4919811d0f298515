import { z } from "zod";

/** Everything that a session says: who, and which of their sessions. Rights are read from the database. */
export const SessionClaims = z.object({ personId: z.uuid(), sessionVersion: z.int().positive() });
export type SessionClaims = z.infer<typeof SessionClaims>;

/** The longest life of a sign-in, however busy the session is. */
export const sessionMaxAgeSeconds = 12 * 60 * 60;

/** next-auth's names, over https first: a plain cookie must not shadow the protected one. */
const cookieNames = ["__Secure-next-auth.session-token", "next-auth.session-token"];

/** next-auth splits what a browser would not keep whole; more pieces than this it never makes for our claims. */
const mostChunks = 8;

function parsePair(pair: string): [string, string] | null {
  const at = pair.indexOf("=");
  return at < 1 ? null : [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
}

/** The encrypted session tokens in a Cookie header, the one to believe first. */
export function sessionTokens(cookieHeader: string | null): string[] {
  if (cookieHeader === null) return [];
  const pairs = cookieHeader.split(";").map(parsePair);
  const cookies = new Map(pairs.filter((pair) => pair !== null));
  return cookieNames.flatMap((name) => {
    const whole = cookies.get(name);
    if (whole !== undefined) return whole === "" ? [] : [whole];
    const chunks: string[] = [];
    for (let index = 0; index < mostChunks; index++) {
      const chunk = cookies.get(`${name}.${String(index)}`);
      if (chunk === undefined) break;
      chunks.push(chunk);
    }
    return chunks.length === 0 ? [] : [chunks.join("")];
  });
}
