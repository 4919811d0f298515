import { createHash, createHmac, pbkdf2Sync } from "node:crypto";

/** PostgreSQL's own default (scram_iterations); a password of 256 random bits needs no more. */
const iterations = 4096;
export const saltBytes = 16;

/**
 * What PostgreSQL keeps of a password, made here so that the password itself reaches neither a statement nor a log
 * (RFC 5802 section 3, RFC 7677): `SCRAM-SHA-256$<iterations>:<salt>$<stored key>:<server key>`.
 * @param password printable ASCII, which SASLprep leaves as it is
 */
export function scramVerifier(password: string, salt: Uint8Array): string {
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const hmac = (text: string) => createHmac("sha256", salted).update(text).digest();
  const storedKey = createHash("sha256").update(hmac("Client Key")).digest("base64");
  const serverKey = hmac("Server Key").toString("base64");
  return `SCRAM-SHA-256$${iterations}:${Buffer.from(salt).toString("base64")}$${storedKey}:${serverKey}`;
}
