import { randomUUID } from "node:crypto";
import { afterEach, describe, expect, test, vi } from "vitest";
import { listAudit } from "@/server/audit/list";
import { makeMember } from "@/tests/factories/person";
import { asAdmin, contextOf, ingestKey, makeTenant, personWith } from "@/tests/factories/tenant";
import { createKey } from "./create";
import { listTenantKeys } from "./list";
import { revokeKey } from "./revoke";
import { verifyKey } from "./verify";

const now = new Date("2026-11-01T12:00:00.000Z");

/** Freezes the age of what the verifier has read; the test moves it. */
function monotonicClock() {
  const clock = { ms: 1_000_000 };
  vi.spyOn(performance, "now").mockImplementation(() => clock.ms);
  return clock;
}

afterEach(() => vi.restoreAllMocks());

async function setUp() {
  const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
  const owner = await makeMember(tenant, "owner");
  return { tenant, ctx: contextOf(tenant, owner, now) };
}

describe("API keys", () => {
  test("work from their creation, carry their tenant, and are never shown again", async () => {
    const { tenant, ctx } = await setUp();
    const made = await createKey(ctx, {
      name: "ci",
      scopes: ["ingest", "ingest"],
      pins: { environment: "prod" },
    });
    const verified = await verifyKey(made.key, now);
    expect(verified).toEqual({ tenant, keyId: made.id, scopes: ["ingest"], pins: { environment: "prod" } });
    const listed = await listTenantKeys(ctx);
    expect(listed).toMatchObject([{ id: made.id, name: "ci", scopes: ["ingest"], revokedAt: null }]);
    const secret = made.key.slice(-49);
    expect(JSON.stringify([listed, (await listAudit(ctx, {})).events])).not.toContain(secret);
    const [row] = await asAdmin("SELECT row_to_json(k)::text AS row FROM api_key k WHERE id = $1", [made.id]);
    expect(String(row?.row)).not.toContain(secret);
  });

  test("are refused within a second of their revocation, which is audited once", async () => {
    const clock = monotonicClock();
    const { ctx } = await setUp();
    const { key, id } = await createKey(ctx, { name: "ci", scopes: ["ingest"] });
    expect(await verifyKey(key, now)).not.toBeNull();
    await revokeKey(ctx, { id });
    await revokeKey(ctx, { id });
    clock.ms += 1_000;
    expect(await verifyKey(key, now)).toBeNull();
    const { events } = await listAudit(ctx, {});
    expect(events.map((event) => event.action)).toEqual(["key.revoked", "key.created"]);
  });

  test("note their last use without the caller waiting for it", async () => {
    const { ctx } = await setUp();
    const { key } = await createKey(ctx, { name: "ci", scopes: ["read"] });
    await verifyKey(key, now);
    await expect.poll(async () => (await listTenantKeys(ctx))[0]?.lastUsedAt).toBe(now.toISOString());
  });

  test("are refused after their expiry, and cannot be made expired", async () => {
    const { ctx } = await setUp();
    const { key } = await createKey(ctx, {
      name: "ci",
      scopes: ["read"],
      expiresAt: "2026-11-01T17:30:01+05:30",
    });
    expect(await verifyKey(key, now)).not.toBeNull();
    expect(await verifyKey(key, new Date(now.getTime() + 1_000))).toBeNull();
    const late = { name: "ci", scopes: ["read" as const], expiresAt: now.toISOString() };
    await expect(createKey(ctx, late)).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });

  test("of another tenant are as absent as absent ones", async () => {
    const [one, other] = [await setUp(), await setUp()];
    const { id } = await createKey(one.ctx, { name: "ci", scopes: ["ingest"] });
    const foreign: unknown = await revokeKey(other.ctx, { id }).catch((error: unknown) => error);
    const absent: unknown = await revokeKey(other.ctx, { id: randomUUID() }).catch((error: unknown) => error);
    expect(foreign).toMatchObject({ code: "NOT_FOUND" });
    expect(foreign).toEqual(absent);
    expect(await listTenantKeys(other.ctx)).toEqual([]);
    expect(await listTenantKeys(one.ctx)).toMatchObject([{ id, revokedAt: null }]);
  });

  test.each(["finance", "viewer"] as const)("are not for a %s", async (role) => {
    const { tenant } = await setUp();
    const ctx = contextOf(tenant, personWith(role), now);
    await expect(createKey(ctx, { name: "x", scopes: ["read"] })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    await expect(listTenantKeys(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(revokeKey(ctx, { id: randomUUID() })).rejects.toMatchObject({ code: "FORBIDDEN" });
  });

  test("cannot make keys themselves", async () => {
    const { tenant } = await setUp();
    const ctx = contextOf(tenant, ingestKey, now);
    await expect(createKey(ctx, { name: "x", scopes: ["read"] })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});
