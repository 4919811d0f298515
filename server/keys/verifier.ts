import { timingSafeEqual } from "node:crypto";
import { LRUCache } from "lru-cache";
import type { Pins, Scope } from "@/server/auth/permissions";
import type { Tenant } from "@/server/context";
import { digestOf } from "@/server/crypto/tokens";
import type { KeyCandidate } from "./queries";
import { publicIdOf } from "./token";

export interface VerifiedKey {
  tenant: Tenant;
  keyId: string;
  scopes: readonly Scope[];
  pins: Pins;
}

export interface KeyVerifierParts {
  find(publicId: string): Promise<KeyCandidate[]>;
  touch(key: { tenantId: string; keyId: string; usedAt: Date }): Promise<void>;
  /** Milliseconds that never run backwards, for the age of what was read. */
  monotonicMs(): number;
}

interface Known {
  keys: KeyCandidate[];
  readAtMs: number;
}

/** A revocation is felt within this time. */
const knownForMs = 1_000;
/** Nobody waits for an unknown id to come alive: ids are drawn at random when a key is made. */
const unknownForMs = 5_000;
const touchEveryMs = 60_000;

function matches(candidate: KeyCandidate, digest: Buffer): boolean {
  return candidate.digest.length === digest.length && timingSafeEqual(candidate.digest, digest);
}

function isUsable(key: KeyCandidate, now: Date): boolean {
  return key.revokedAt === null && (key.expiresAt === null || key.expiresAt > now);
}

/** Checks keys against what `find` reads, asking it at most once a second for each id, however many callers wait. */
export function createKeyVerifier(parts: KeyVerifierParts) {
  // Apart, so that a flood of made-up ids cannot push the real ones out.
  const known = new LRUCache<string, Known>({ max: 10_000 });
  const unknown = new LRUCache<string, number>({ max: 10_000 });
  const pending = new Map<string, Promise<KeyCandidate[]>>();
  const touched = new LRUCache<string, number>({ max: 10_000 });

  async function read(publicId: string): Promise<KeyCandidate[]> {
    // The time before the query: a key revoked while it ran must not live longer for it.
    const readAtMs = parts.monotonicMs();
    const keys = await parts.find(publicId);
    if (keys.length > 0) known.set(publicId, { keys, readAtMs });
    else unknown.set(publicId, readAtMs);
    return keys;
  }

  function candidates(publicId: string): KeyCandidate[] | Promise<KeyCandidate[]> {
    const nowMs = parts.monotonicMs();
    const hit = known.get(publicId);
    if (hit && nowMs - hit.readAtMs < knownForMs) return hit.keys;
    const missedAtMs = unknown.get(publicId);
    if (missedAtMs !== undefined && nowMs - missedAtMs < unknownForMs) return [];
    const waiting = pending.get(publicId);
    if (waiting) return waiting;
    const started = read(publicId).finally(() => pending.delete(publicId));
    pending.set(publicId, started);
    return started;
  }

  /** Beside the request: nobody waits for it, and a failure is made up for at the next use. */
  function noteUse(key: KeyCandidate, now: Date): void {
    const nowMs = parts.monotonicMs();
    const before = touched.get(key.keyId);
    if (before !== undefined && nowMs - before < touchEveryMs) return;
    touched.set(key.keyId, nowMs);
    parts
      .touch({ tenantId: key.tenant.id, keyId: key.keyId, usedAt: now })
      .catch(() => touched.delete(key.keyId));
  }

  return async function verify(token: string, now: Date): Promise<VerifiedKey | null> {
    const publicId = publicIdOf(token);
    if (publicId === null) return null;
    const digest = digestOf(token);
    const keys = await candidates(publicId);
    const key = keys.find((candidate) => matches(candidate, digest));
    if (!key || !isUsable(key, now)) return null;
    noteUse(key, now);
    return { tenant: key.tenant, keyId: key.keyId, scopes: key.scopes, pins: key.pins };
  };
}
