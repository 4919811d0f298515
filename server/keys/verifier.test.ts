import { describe, expect, test } from "vitest";
import { digestOf } from "@/server/crypto/tokens";
import type { KeyCandidate } from "./queries";
import { formatKey, keyEntropyBytes } from "./token";
import { createKeyVerifier } from "./verifier";

const now = new Date("2026-11-01T12:00:00Z");
const { key, publicId } = formatKey(Buffer.alloc(keyEntropyBytes, 7));

function candidate(overrides: Partial<KeyCandidate> = {}): KeyCandidate {
  return {
    keyId: "key-1",
    digest: digestOf(key),
    scopes: ["ingest"],
    pins: { team: "search" },
    expiresAt: null,
    revokedAt: null,
    lastUsedAt: null,
    tenant: { id: "t1", slug: "acme", name: "Acme", timeZone: "UTC", latencyBufferMinutes: 60 },
    ...overrides,
  };
}

/** A verifier over rows that a test may change, with a clock that it moves. */
function setUp(rows: KeyCandidate[]) {
  const world = { rows, ms: 0, finds: 0, touches: 0, down: false, findTakesMs: 0 };
  const verify = createKeyVerifier({
    find: async () => {
      world.finds++;
      await Promise.resolve();
      if (world.down) throw new Error("down");
      const { rows } = world;
      world.ms += world.findTakesMs;
      return rows;
    },
    touch: () => {
      world.touches++;
      return world.down ? Promise.reject(new Error("down")) : Promise.resolve();
    },
    monotonicMs: () => world.ms,
  });
  return { world, verify };
}

describe("verifying a key", () => {
  test("tells tenant, scopes and pins, and asks the database once for many callers", async () => {
    const { world, verify } = setUp([candidate()]);
    const answers = await Promise.all(Array.from({ length: 500 }, () => verify(key, now)));
    expect(answers[499]).toMatchObject({
      keyId: "key-1",
      scopes: ["ingest"],
      pins: { team: "search" },
      tenant: { slug: "acme" },
    });
    world.ms = 999;
    await verify(key, now);
    expect(world).toMatchObject({ finds: 1, touches: 1 });
  });

  test("feels a revocation within a second", async () => {
    const { world, verify } = setUp([candidate()]);
    expect(await verify(key, now)).not.toBeNull();
    world.rows = [candidate({ revokedAt: now })];
    world.ms = 999;
    expect(await verify(key, now)).not.toBeNull();
    world.ms = 1_000;
    expect(await verify(key, now)).toBeNull();
  });

  test("counts that second from before the look-up, during which a key may be revoked", async () => {
    const { world, verify } = setUp([candidate()]);
    world.findTakesMs = 900;
    expect(await verify(key, now)).not.toBeNull();
    world.rows = [candidate({ revokedAt: now })];
    world.ms += 100;
    expect(await verify(key, now)).toBeNull();
  });

  test("refuses at the very instant of expiry, cached or not", async () => {
    const { verify } = setUp([candidate({ expiresAt: new Date("2026-11-01T12:00:01Z") })]);
    expect(await verify(key, now)).not.toBeNull();
    expect(await verify(key, new Date("2026-11-01T12:00:01Z"))).toBeNull();
  });

  test("refuses another secret under a known id, without another query", async () => {
    const { world, verify } = setUp([candidate({ digest: digestOf("another secret") })]);
    expect(await verify(key, now)).toBeNull();
    expect(await verify(key, now)).toBeNull();
    expect(world).toMatchObject({ finds: 1, touches: 0 });
  });

  test("refuses a digest of another length instead of throwing", async () => {
    const { verify } = setUp([candidate({ digest: new Uint8Array(31) })]);
    expect(await verify(key, now)).toBeNull();
  });

  test("finds its key among others that share the public id", async () => {
    const { verify } = setUp([
      candidate({ keyId: "other", digest: digestOf("other") }),
      candidate({ keyId: "mine" }),
    ]);
    expect(await verify(key, now)).toMatchObject({ keyId: "mine" });
  });

  test("remembers unknown ids for a while, and malformed keys cost no query at all", async () => {
    const { world, verify } = setUp([]);
    expect(await verify(key, now)).toBeNull();
    expect(await verify(key, now)).toBeNull();
    expect(await verify(`${key}x`, now)).toBeNull();
    expect(world.finds).toBe(1);
    world.rows = [candidate()];
    world.ms = 5_000;
    expect(await verify(key, now)).not.toBeNull();
  });

  test("says so when the database is down, and asks again at the next call", async () => {
    const { world, verify } = setUp([candidate()]);
    world.down = true;
    await expect(verify(key, now)).rejects.toThrow("down");
    world.down = false;
    expect(await verify(key, now)).toMatchObject({ keyId: "key-1" });
  });

  test("notes the use once a minute, and again at once if noting failed", async () => {
    const { world, verify } = setUp([candidate()]);
    await verify(key, now);
    world.ms = 59_999;
    await verify(key, now);
    expect(world.touches).toBe(1);
    world.ms = 60_000;
    await verify(key, now);
    expect(world.touches).toBe(2);
  });

  test("costs next to nothing when cached", async () => {
    const { verify } = setUp([candidate()]);
    await verify(key, now);
    const started = performance.now();
    for (let n = 0; n < 2_000; n++) await verify(key, now);
    expect(performance.now() - started).toBeLessThan(500);
    expect(publicId).toHaveLength(8);
  });
});
