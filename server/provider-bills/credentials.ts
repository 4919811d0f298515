import { seal, unseal } from "@/server/crypto/seal";
import { DomainError } from "@/server/errors";
import { BillCredentials } from "./schemas";

const purpose = "provider bill";

export function sealAdminKey(tenantId: string, adminKey: string): Buffer<ArrayBuffer> {
  return seal(purpose, tenantId, JSON.stringify({ adminKey }));
}

/** @throws DomainError CONFLICT when it cannot be opened: the installation's key is another one now */
export function openAdminKey(tenantId: string, sealed: Uint8Array): string {
  try {
    return BillCredentials.parse(JSON.parse(unseal(purpose, tenantId, sealed).toString("utf8"))).adminKey;
  } catch (cause) {
    const message = "The stored admin key can no longer be read. Remove this connection and add it again.";
    throw new DomainError("CONFLICT", message, {}, { cause });
  }
}
