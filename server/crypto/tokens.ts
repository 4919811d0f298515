import { createHash, randomBytes } from "node:crypto";

/** 256 random bits for a link; shown once, kept only as its digest. */
export function randomToken(): string {
  return randomBytes(32).toString("base64url");
}

/** SHA-256: enough for secrets of 256 random bits, which no dictionary holds. */
export function digestOf(secret: string): Buffer<ArrayBuffer> {
  return createHash("sha256").update(secret, "utf8").digest();
}
