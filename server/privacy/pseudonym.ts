import { createHmac } from "node:crypto";
import type { TenantPolicy } from "@/server/attribution/schemas";
import { derivedKey } from "@/server/crypto/seal";

const form = /^u_[A-Za-z0-9_-]{22}$/;
/** Of the 22 characters, those that name the person (96 bits); the others (36 bits) tell our own from a look-alike. */
const nameLength = 16;
const checkLength = 6;

// A policy is read every few seconds and used for thousands of calls: its salt is the handle of the key.
const keys = new WeakMap<Uint8Array, { tenantId: string; key: Buffer }>();

function keyOf(tenantId: string, salt: Uint8Array): Buffer {
  const known = keys.get(salt);
  if (known?.tenantId === tenantId) return known.key;
  const key = derivedKey("pseudonym", tenantId, salt);
  keys.set(salt, { tenantId, key });
  return key;
}

const digest = (key: Buffer, text: string, length: number) =>
  createHmac("sha256", key).update(text, "utf8").digest("base64url").slice(0, length);

function pseudonymOf(key: Buffer, userId: string): string {
  const name = digest(key, `name ${userId.trim().normalize("NFC")}`, nameLength);
  return `u_${name}${digest(key, `check ${name}`, checkLength)}`;
}

function isOurs(key: Buffer, userId: string): boolean {
  if (!form.test(userId)) return false;
  const name = userId.slice(2, 2 + nameLength);
  return userId.slice(2 + nameLength) === digest(key, `check ${name}`, checkLength);
}

/**
 * The user id as the ledger may hold it: itself while the tenant keeps ids, else u_ + 22 characters that only who has
 * both halves of the key can make. Spaces around an id and its Unicode form do not matter. A pseudonym that this key
 * made is recognised and stays, so senders may send what they got from us; an id that only looks like one is hashed.
 */
export function pseudonymise(
  policy: Pick<TenantPolicy, "pseudonymSalt">,
  tenantId: string,
  userId: string,
): string {
  if (policy.pseudonymSalt === null) return userId;
  const key = keyOf(tenantId, policy.pseudonymSalt);
  return isOurs(key, userId) ? userId : pseudonymOf(key, userId);
}
