import { describe, expect, test } from "vitest";
import { type AuditEntry, type ChainedEntry, emptyChain, entryHash, followChain } from "./chain";

function entry(seq: number, overrides: Partial<AuditEntry> = {}): AuditEntry {
  return {
    tenantId: "t1",
    seq: BigInt(seq),
    at: new Date("2026-11-01T00:00:00Z"),
    actorKind: "person",
    actorId: "p1",
    action: "key.created",
    subject: "k1",
    before: null,
    after: { name: "ci", scopes: ["ingest"] },
    requestId: "r1",
    ...overrides,
  };
}

function chained(entries: AuditEntry[]): ChainedEntry[] {
  let prevHash = emptyChain.hash;
  return entries.map((one) => {
    const link = { ...one, prevHash, hash: entryHash(prevHash, one) };
    prevHash = link.hash;
    return link;
  });
}

const whole = chained([entry(1), entry(2), entry(3), entry(4)]);
const at = (index: number) => whole.filter((_, n) => n === index);

describe("the chain of a tenant's audit entries", () => {
  test("holds, in one piece or page by page", () => {
    expect(followChain(emptyChain, whole).brokenAt).toBeNull();
    const first = followChain(emptyChain, whole.slice(0, 2));
    expect(followChain(first.end, whole.slice(2))).toMatchObject({ brokenAt: null, end: { seq: 4n } });
  });

  test.each<[string, ChainedEntry[], bigint]>([
    ["a missing entry", [...at(0), ...at(2), ...at(3)], 2n],
    ["a missing beginning", whole.slice(1), 1n],
    ["two exchanged", [...at(0), ...at(2), ...at(1), ...at(3)], 2n],
    ["an altered fact", whole.map((one, n) => (n === 1 ? { ...one, after: { name: "other" } } : one)), 2n],
    ["an altered actor", whole.map((one, n) => (n === 2 ? { ...one, actorId: "p2" } : one)), 3n],
    ["another tenant's", whole.map((one, n) => (n === 3 ? { ...one, tenantId: "t2" } : one)), 4n],
    [
      "altered and hashed anew, without what follows",
      [...at(0), ...chained([entry(2)]), ...whole.slice(2)],
      2n,
    ],
  ])("shows %s", (_, entries, brokenAt) => expect(followChain(emptyChain, entries).brokenAt).toBe(brokenAt));

  test("does not depend on the order of an object's fields", () => {
    const a = entry(1, { after: { a: 1, b: { c: 2, d: 3 } } });
    const b = entry(1, { after: { b: { d: 3, c: 2 }, a: 1 } });
    expect(entryHash(emptyChain.hash, a)).toEqual(entryHash(emptyChain.hash, b));
  });
});
