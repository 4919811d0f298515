import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { setEnvironment } from "@/tests/mocks/environment";
import { startFakeLangfuse } from "@/tests/mocks/langfuse";
import { startFakePlausible } from "@/tests/mocks/plausible";

setEnvironment({ ALLOW_PRIVATE_SOURCES: "on" });
const { addConnection } = await import("./add");
const { listPullable } = await import("./list-pullable");
const { listSources } = await import("./list");
const { pauseConnection } = await import("./pause");
const { pullNow } = await import("./pull-now");
const { pullSource } = await import("./pull");
const { removeConnection } = await import("./remove");
const { resumeConnection } = await import("./resume");
const { maxConnections } = await import("./schemas");
const { listAudit } = await import("@/server/audit/list");
const { asAdmin, contextOf, ingestKey, makeTenant, personWith } = await import("@/tests/factories/tenant");
type Tenant = Awaited<ReturnType<typeof makeTenant>>;

const langfuse = await startFakeLangfuse({ publicKey: "pk-lf-canary", secretKey: "sk-lf-canary" });
const plausible = await startFakePlausible("plausible-canary");
afterAll(() => Promise.all([langfuse.close(), plausible.close()]));
const now = new Date("2026-11-20T12:00:00Z");
beforeEach(() => Object.assign(langfuse.state, { requestsLeft: Infinity, fails: null }));

const admin = (tenant: Tenant) => contextOf(tenant, personWith("admin"), now);
const ofLangfuse = (more: object = {}) =>
  ({
    kind: "langfuse",
    name: "Prod",
    baseUrl: `${langfuse.url}/`,
    credentials: langfuse.keys,
    ...more,
  }) as const;
const ofPlausible = (settings: object = {}) =>
  ({
    kind: "plausible",
    name: "Site",
    baseUrl: plausible.url,
    credentials: { apiKey: plausible.apiKey },
    settings: { siteId: "app.example.com", goal: "Feature Used", ...settings },
  }) as const; // prettier-ignore

describe("adding a connection", () => {
  it("asks one small question, keeps the keys sealed, says who did it, and pulls at once", async () => {
    const tenant = await makeTenant({ timeZone: "Asia/Kolkata" });
    const ctx = admin(tenant);
    langfuse.heard.length = 0;
    const { id } = await addConnection(ctx, ofLangfuse());
    const site = await addConnection({ ...ctx, now: new Date(now.getTime() + 1_000) }, ofPlausible());
    expect(langfuse.heard.map(({ url }) => url.searchParams.get("limit"))).toEqual(["1"]);
    expect(ctx.emitted).toEqual(
      [id, site.id].map((connectionId) => ({ name: "source/pull-requested", data: { tenantId: tenant.id, connectionId } })),
    ); // prettier-ignore
    const listed = await listSources(ctx);
    expect(listed).toMatchObject([
      { id: site.id, kind: "plausible", what: "app.example.com: goal “Feature Used” by feature, days of Asia/Kolkata" },
      { id, kind: "langfuse", name: "Prod", baseUrl: langfuse.url, state: "active", pulledTo: null, accepted: 0 },
    ]); // prettier-ignore
    const audit = await listAudit(ctx, {});
    const rows = await asAdmin(
      "SELECT t::text || encode(credentials, 'escape') AS row FROM source_connection t WHERE tenant_id = $1",
      [tenant.id],
    );
    expect(JSON.stringify(audit)).toContain("source.added");
    for (const seen of [listed, audit, rows, ctx.emitted])
      expect(JSON.stringify(seen)).not.toContain("canary");
  });

  it.each([
    ["a wrong secret", ofLangfuse({ credentials: { publicKey: "pk-lf-canary", secretKey: "wrong" } }), "credentials", /refuses these keys/],
    ["an address without Langfuse", ofLangfuse({ baseUrl: plausible.url }), "baseUrl", /v2 API/],
    ["an address that nobody has", ofLangfuse({ baseUrl: "http://169.254.169.254" }), "baseUrl", /no source can have/],
    ["an address that is none", ofLangfuse({ baseUrl: "https://user:canary@example.com" }), "baseUrl", /must look like/],
    ["nobody there", ofLangfuse({ baseUrl: "http://127.0.0.1:1024" }), "baseUrl", /refuses connections/],
    ["a goal that the site does not have", ofPlausible({ goal: "Nope" }), "settings", /is not configured/],
    ["a site that is another's", ofPlausible({ siteId: "other.example.com" }), "credentials", /may not read this site/],
  ])("refuses %s, says what is wrong, and keeps nothing", async (_name, input, field, message) => {
    const tenant = await makeTenant();
    const refused = addConnection(admin(tenant), input);
    await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field }, message: expect.stringMatching(message) as string });
    await expect(refused).rejects.not.toMatchObject({ message: expect.stringContaining("canary") as string });
    expect(await listSources(admin(tenant))).toEqual([]);
  }); // prettier-ignore

  it("takes keys that are asked to slow down", async () => {
    langfuse.state.requestsLeft = 0;
    const tenant = await makeTenant();
    await addConnection(admin(tenant), ofLangfuse());
    expect(await listSources(admin(tenant))).toHaveLength(1);
  });

  it("refuses one too many, even when they come at once", async () => {
    const tenant = await makeTenant();
    const results = await Promise.allSettled(
      Array.from({ length: maxConnections + 3 }, () => addConnection(admin(tenant), ofLangfuse())),
    );
    const refused = results.filter((result) => result.status === "rejected");
    expect(await listSources(admin(tenant))).toHaveLength(maxConnections);
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(["CONFLICT", "CONFLICT", "CONFLICT"]); // prettier-ignore
  });
});

describe("a connection", () => {
  it("is paused, resumed, pulled now and removed, each once in the audit log", async () => {
    const tenant = await makeTenant();
    const ctx = admin(tenant);
    const { id } = await addConnection(ctx, ofLangfuse());
    await pauseConnection(ctx, { id });
    await pauseConnection(ctx, { id });
    await expect(pullNow(ctx, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await listPullable()).not.toContainEqual({ tenantId: tenant.id, id });
    await resumeConnection(ctx, { id });
    await resumeConnection(ctx, { id });
    expect(await listPullable()).toContainEqual({ tenantId: tenant.id, id });
    ctx.emitted.length = 0;
    await pullNow(ctx, { id });
    expect(ctx.emitted).toEqual([{ name: "source/pull-requested", data: { tenantId: tenant.id, connectionId: id } }]); // prettier-ignore
    await removeConnection(ctx, { id });
    await expect(removeConnection(ctx, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listSources(ctx)).toEqual([]);
    const { events } = await listAudit(ctx, {});
    expect(events.map(({ action }) => action)).toEqual(["source.removed", "source.pull_requested", "source.resumed", "source.paused", "source.added"]); // prettier-ignore
  });

  it("is nobody's but its tenant's", async () => {
    const [own, other] = [await makeTenant(), await makeTenant()];
    const { id } = await addConnection(admin(own), ofLangfuse());
    const before = await listSources(admin(own));
    for (const verb of [pauseConnection, resumeConnection, removeConnection, pullNow])
      await expect(verb(admin(other), { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    const system = contextOf(other, { kind: "system", job: "pull-source" }, now);
    await expect(pullSource(system, { connectionId: id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listSources(admin(other))).toEqual([]);
    expect(await listSources(admin(own))).toEqual(before);
  });

  it.each([personWith("viewer"), personWith("finance"), ingestKey])(
    "is kept from $role$kind",
    async (actor) => {
      const ctx = contextOf(await makeTenant(), actor, now);
      const id = "00000000-0000-4000-8000-000000000001";
      await expect(listSources(ctx)).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(addConnection(ctx, ofLangfuse())).rejects.toMatchObject({ code: "FORBIDDEN" });
      for (const verb of [pauseConnection, resumeConnection, removeConnection, pullNow])
        await expect(verb(ctx, { id })).rejects.toMatchObject({ code: "FORBIDDEN" });
      await expect(pullSource(ctx, { connectionId: id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    },
  );
});
