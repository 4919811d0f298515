import { randomUUID } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { type Right, requireRight } from "@/server/auth/permissions";
import { sendEvent } from "@/server/clients/events";
import { currentTime } from "@/server/clock";
import { createContext, type Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { credentialOf } from "@/server/keys/credential";
import { verifyKey } from "@/server/keys/verify";

/**
 * For doors that speak another protocol than tRPC: whose key a request carries, if it may do `right`.
 * @throws DomainError UNAUTHENTICATED, FORBIDDEN, UNAVAILABLE (the database does not answer)
 */
export async function keyContext(
  req: IncomingMessage,
  right: Right,
  requestId: string = randomUUID(),
): Promise<Ctx> {
  const now = currentTime();
  const token = credentialOf(req.headers);
  if (token === null)
    throw new DomainError("UNAUTHENTICATED", "Send an API key: Authorization: Bearer tl_live_…");
  const found = await verifyKey(token, now);
  if (!found)
    throw new DomainError(
      "UNAUTHENTICATED",
      "This API key is not valid; it may have been revoked or have expired.",
    );
  const { tenant, keyId, scopes, pins } = found;
  const actor = { kind: "key", keyId, scopes, pins } as const;
  requireRight(actor, right);
  return createContext({ tenant, actor, now, requestId, emit: sendEvent });
}
