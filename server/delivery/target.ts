import { createHmac, randomBytes } from "node:crypto";
import { z } from "zod";
import { derivedKey, seal, unseal } from "@/server/crypto/seal";
import { DomainError } from "@/server/errors";

/** Where messages of a destination go. None of it leaves the server, save the secret, once. */
export const Target = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("slack"), url: z.string() }),
  z.object({ kind: z.literal("webhook"), url: z.string(), secret: z.string() }),
  z.object({ kind: z.literal("email"), to: z.array(z.string()) }),
]);
export type Target = z.infer<typeof Target>;

const purpose = "destination";

export function sealTarget(tenantId: string, target: Target): Buffer<ArrayBuffer> {
  return seal(purpose, tenantId, JSON.stringify(target));
}

/** @throws DomainError CONFLICT when it cannot be opened: the installation's key is another one now */
export function openTarget(tenantId: string, sealed: Uint8Array): Target {
  try {
    return Target.parse(JSON.parse(unseal(purpose, tenantId, sealed).toString("utf8")));
  } catch (cause) {
    const message = "Its address can no longer be read. Remove this destination and add it again.";
    throw new DomainError("CONFLICT", message, {}, { cause });
  }
}

const addressOf = (target: Target) =>
  target.kind === "email" ? [...target.to].sort().join(" ") : target.url;

/** Tells whether two targets are the same, and nothing else about them. */
export function digestTarget(tenantId: string, target: Target): Buffer<ArrayBuffer> {
  const digest = createHmac("sha256", derivedKey(`${purpose} digest`, tenantId)).update(addressOf(target));
  return Buffer.from(digest.digest());
}

/** What may be shown of it: enough to tell it from others, too little to post there. */
export function tailOf(target: Target): string {
  switch (target.kind) {
    case "slack":
      return `…${target.url.slice(-4)}`;
    case "webhook":
      return new URL(target.url).host;
    case "email":
      return target.to.join(", ");
  }
}

/** Of Standard Webhooks: 24 random bytes or more. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}
