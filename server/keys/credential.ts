import { keyPrefix } from "./token";

/** The headers in which a sender may carry its key. */
export interface CredentialHeaders {
  authorization?: string | undefined;
  "x-api-key"?: string | string[] | undefined;
}

/** Longer than any key, by far; nothing longer is worth decoding. */
const maxLength = 1_000;

/**
 * The key that a request carries, or null: as `Authorization: Bearer KEY`; as Basic in either half, since senders for
 * Langfuse put a public and a secret key there and those of Segment a write key alone; or as `x-api-key`.
 */
export function credentialOf(headers: CredentialHeaders): string | null {
  const { authorization, "x-api-key": apiKey } = headers;
  if (authorization === undefined) return typeof apiKey === "string" && apiKey !== "" ? apiKey.trim() : null;
  if (authorization.length > maxLength) return null;
  const [, scheme = "", value = ""] = /^(Bearer|Basic) +(\S+) *$/i.exec(authorization) ?? [];
  if (scheme.toLowerCase() === "bearer") return value;
  const [user = "", password = ""] = Buffer.from(value, "base64").toString("latin1").split(/:(.*)/s);
  return [password, user].find((half) => half.startsWith(keyPrefix)) ?? null;
}
