import type { z } from "zod";
import { seal, unseal } from "@/server/crypto/seal";
import { DomainError } from "@/server/errors";

const purpose = "source";

export function sealCredentials(tenantId: string, credentials: object): Buffer<ArrayBuffer> {
  return seal(purpose, tenantId, JSON.stringify(credentials));
}

/** @throws DomainError CONFLICT when they cannot be opened: the installation's key is another one now */
export function openCredentials<T extends z.ZodType>(
  tenantId: string,
  sealed: Uint8Array,
  schema: T,
): z.infer<T> {
  try {
    return schema.parse(JSON.parse(unseal(purpose, tenantId, sealed).toString("utf8")));
  } catch (cause) {
    const message = "The stored keys can no longer be read. Remove this connection and add it again.";
    throw new DomainError("CONFLICT", message, {}, { cause });
  }
}
