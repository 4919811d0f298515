import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/server/env";

const nonceBytes = 12;
const tagBytes = 16;

/** A key of the installation for one purpose and tenant; never stored. */
export function derivedKey(purpose: string, tenantId: string, salt: Uint8Array = new Uint8Array()): Buffer {
  const secret = Buffer.from(env.ENCRYPTION_KEY, "hex");
  return Buffer.from(hkdfSync("sha256", secret, salt, `${purpose} ${tenantId}`, 32));
}

/** Encrypts for storage (AES-256-GCM): what a tenant entrusts to us is in no column in the clear. */
export function seal(purpose: string, tenantId: string, text: string | Uint8Array): Buffer<ArrayBuffer> {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", derivedKey(purpose, tenantId), nonce);
  const body = Buffer.concat([cipher.update(text), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** @throws Error when it was sealed for another purpose or tenant, with another key, or was tampered with */
export function unseal(purpose: string, tenantId: string, sealed: Uint8Array): Buffer {
  const nonce = sealed.subarray(0, nonceBytes);
  const decipher = createDecipheriv("aes-256-gcm", derivedKey(purpose, tenantId), nonce);
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
}
