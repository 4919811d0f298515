import { seal, unseal } from "@/server/crypto/seal";
import { DomainError } from "@/server/errors";
import type { BillingProvider } from "./port";
import type { SealedConnection } from "./queries";
import { stripeProvider } from "./stripe";

const purposes = { key: "billing key", webhook: "billing webhook" } as const;

export function sealSecret(
  tenantId: string,
  what: keyof typeof purposes,
  secret: string,
): Buffer<ArrayBuffer> {
  return seal(purposes[what], tenantId, secret);
}

/** @throws DomainError CONFLICT when it cannot be opened: the installation's key is another one now */
export function openSecret(tenantId: string, what: keyof typeof purposes, sealed: Uint8Array): string {
  try {
    return unseal(purposes[what], tenantId, sealed).toString("utf8");
  } catch (cause) {
    throw new DomainError("CONFLICT", "The stored key can no longer be read. Give it anew.", {}, { cause });
  }
}

/** The provider behind a tenant's connection; another one in tests. */
export type OpenProvider = (
  tenantId: string,
  connection: SealedConnection,
  clock: () => Date,
) => BillingProvider;

export const openProvider: OpenProvider = (tenantId, { apiKey }, clock) => {
  if (apiKey === null) throw new DomainError("CONFLICT", "Stripe is not connected.");
  return stripeProvider(openSecret(tenantId, "key", apiKey), clock);
};
