import { withAuth } from "@/server/db";
import { keysByPublicId, touchKey } from "./queries";
import { createKeyVerifier, type VerifiedKey } from "./verifier";

const verify = createKeyVerifier({
  find: (publicId) => withAuth((db) => keysByPublicId(db, publicId)),
  touch: (key) => withAuth((db) => touchKey(db, key)),
  monotonicMs: () => performance.now(),
});

/**
 * Whose key this is and what it may do; null for one that is malformed, unknown, revoked (for a second or more) or
 * expired, all alike.
 * @throws DomainError UNAVAILABLE when the database does not answer: then we do not know
 */
export function verifyKey(token: string, now: Date): Promise<VerifiedKey | null> {
  return verify(token, now);
}
