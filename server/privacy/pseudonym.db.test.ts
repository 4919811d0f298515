import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pseudonymise } from "./pseudonym";

// No database is asked; the file stands among those that have an environment, whose ENCRYPTION_KEY is half of each key.
const policy = { pseudonymSalt: Buffer.alloc(32, 1) };
const other = { pseudonymSalt: Buffer.alloc(32, 2) };
const of = (userId: string) => pseudonymise(policy, "tenant-a", userId);

describe("pseudonymise", () => {
  it("leaves ids alone while the tenant keeps them", () => {
    expect(pseudonymise({ pseudonymSalt: null }, "tenant-a", " ada@example.com ")).toBe(" ada@example.com ");
  });

  it("makes one pseudonym of an id, whatever its spaces and Unicode form", () => {
    const ada = of("Zoë@example.com");
    expect(ada).toMatch(/^u_[A-Za-z0-9_-]{22}$/);
    expect([of(" Zoë@example.com\n"), of("Zoe\u0308@example.com")]).toEqual([ada, ada]);
    expect(of("zoë@example.com")).not.toBe(ada);
  });

  it("differs by tenant and by salt", () => {
    const all = [of("ada"), pseudonymise(policy, "tenant-b", "ada"), pseudonymise(other, "tenant-a", "ada")];
    expect(new Set(all).size).toBe(3);
    // The salt object remembers its key for one tenant at a time.
    expect(of("ada")).toBe(all[0]);
  });

  it("cannot be made from what the database holds alone", () => {
    const salt = policy.pseudonymSalt;
    const guess = createHmac("sha256", salt).update("name ada").digest("base64url").slice(0, 16);
    expect(of("ada")).not.toContain(guess);
  });

  it("recognises its own and hashes look-alikes", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 64, unit: "grapheme" }), (userId) => {
        const pseudonym = of(userId);
        expect(of(pseudonym)).toBe(pseudonym);
        expect(pseudonymise(other, "tenant-a", pseudonym)).not.toBe(pseudonym);
      }),
    );
    const ulid = "u_01J9ZQ2X5K7M8N4P6R3S7T";
    expect(ulid).toMatch(/^u_.{22}$/);
    expect(of(ulid)).not.toBe(ulid);
  });

  it("does not collide over many ids", () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `user-${String(at)}`);
    expect(new Set(ids.map(of)).size).toBe(ids.length);
  });
});
