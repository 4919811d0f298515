import { createHash } from "node:crypto";

export type AuditValue = string | number | boolean | null | AuditValue[] | { [key: string]: AuditValue };
export type AuditFacts = Record<string, AuditValue>;

export interface AuditEntry {
  tenantId: string;
  /** From 1, without gaps. */
  seq: bigint;
  at: Date;
  actorKind: string;
  actorId: string;
  action: string;
  subject: string;
  before: AuditValue;
  after: AuditValue;
  requestId: string;
}

export interface ChainedEntry extends AuditEntry {
  prevHash: Uint8Array;
  hash: Uint8Array;
}

/** What the first entry of a tenant follows. */
export const genesisHash = Buffer.alloc(32);

/** JSON with sorted keys: the database keeps an object's fields in an order of its own. */
function canonical(value: AuditValue): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${canonical(field)}`).join(",")}}`;
}

/** SHA-256 over the hash before and everything that the entry says. */
export function entryHash(prevHash: Uint8Array, entry: AuditEntry): Buffer<ArrayBuffer> {
  const { tenantId, seq, at, actorKind, actorId, action, subject, before, after, requestId } = entry;
  const said = [
    tenantId,
    String(seq),
    at.toISOString(),
    actorKind,
    actorId,
    action,
    subject,
    before,
    after,
    requestId,
  ];
  return createHash("sha256").update(prevHash).update(canonical(said)).digest();
}

/** The hash and sequence number to go on from. */
export interface ChainEnd {
  seq: bigint;
  hash: Uint8Array;
}

export const emptyChain: ChainEnd = { seq: 0n, hash: genesisHash };

/**
 * Follows entries in order of `seq` from where the last page ended; says at which number they stop fitting together.
 * Entries cut off the end are not seen by this: nothing follows them.
 */
export function followChain(
  from: ChainEnd,
  entries: readonly ChainedEntry[],
): { end: ChainEnd; brokenAt: bigint | null } {
  let end = from;
  for (const entry of entries) {
    const expected = end.seq + 1n;
    const fits =
      entry.seq === expected &&
      Buffer.compare(entry.prevHash, end.hash) === 0 &&
      Buffer.compare(entry.hash, entryHash(end.hash, entry)) === 0;
    if (!fits) return { end, brokenAt: expected };
    end = { seq: entry.seq, hash: entry.hash };
  }
  return { end, brokenAt: null };
}
