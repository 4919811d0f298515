import { randomUUID } from "node:crypto";
import type { Actor } from "@/server/auth/permissions";
import { readSession, type SignedIn } from "@/server/auth/session";
import { currentTime } from "@/server/clock";
import type { Emit, Tenant } from "@/server/context";
import { DomainError } from "@/server/errors";
import { verifyKey } from "@/server/keys/verify";
import type { Transport } from "./trpc";

export const tenantHeader = "x-tokenledger-tenant";

export interface TransportParts {
  headers: Headers;
  address: string;
  emit: Emit;
  now?: Date;
  /** For pages, which name the tenant in their path. */
  tenantSlug?: string;
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | null = null;
  return () => (loaded ??= load());
}

async function keyOf(
  headers: Headers,
  now: Date,
): Promise<{ tenant: Tenant; actor: Extract<Actor, { kind: "key" }> } | null> {
  const header = headers.get("authorization");
  if (header === null) return null;
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  const found = token === undefined ? null : await verifyKey(token, now);
  // A header that names no valid key is an error even beside a good session: the caller meant the key.
  if (!found)
    throw new DomainError(
      "UNAUTHENTICATED",
      "This API key is not valid; it may have been revoked or have expired.",
    );
  const { tenant, keyId, scopes, pins } = found;
  return { tenant, actor: { kind: "key", keyId, scopes, pins } };
}

/** What every door makes of a request's headers; who is asking is looked up when a procedure wants to know. */
export function createTransport({
  headers,
  address,
  emit,
  now = currentTime(),
  tenantSlug,
}: TransportParts): Transport {
  return {
    requestId: randomUUID(),
    now,
    address,
    tenantSlug: tenantSlug ?? headers.get(tenantHeader),
    session: once<SignedIn | null>(() => readSession(headers)),
    key: once(() => keyOf(headers, now)),
    emit,
  };
}
