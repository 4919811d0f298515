import { digestOf } from "@/server/crypto/tokens";

export const resetMinutes = 60;

/** Apart from the digests of sign-in links, which share the table: neither token can be used for the other. */
export function resetDigest(token: string): Buffer<ArrayBuffer> {
  return digestOf(`password-reset:${token}`);
}
