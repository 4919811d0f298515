import { beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { lookUpPseudonym } from "@/server/privacy/look-up-pseudonym";
import { setPseudonyms } from "@/server/privacy/set-pseudonyms";
import { shredPseudonymKey } from "@/server/privacy/shred-pseudonym-key";
import { asAdmin, contextOf, ingestKey, loadPrices, makeTenant, personWith } from "@/tests/factories/tenant";
import { saveRule } from "./save-rule";
import { AttributeMap } from "./schemas";
import { setAttributeMap } from "./set-attribute-map";
import { setTagPolicy } from "./set-tag-policy";
import { showAttribution } from "./show";
import { currentPolicy } from "./tenant-policy";

const now = new Date("2026-11-20T12:00:00Z");
const as = (tenant: Tenant, role: "admin" | "viewer" = "admin") => contextOf(tenant, personWith(role), now);
const store = (tenant: Tenant, id: string, more: object = {}) =>
  recordCalls(
    contextOf(tenant, ingestKey, now),
    {
      calls: [
        {
          id,
          occurredAt: "2026-11-20T11:59:00Z",
          model: "gpt-4o",
          usage: { inputTokens: 1, outputTokens: 1 },
          ...more,
        },
      ],
    },
    { source: "api" },
  );
const rowsOf = (tenant: Tenant) =>
  asAdmin<{ call_id: string; user_id: string | null; feature: string | null }>(
    "SELECT call_id, user_id, feature FROM call WHERE tenant_id = $1 ORDER BY call_id",
    [tenant.id],
  );

let tenant: Tenant;
beforeAll(async () => {
  await loadPrices(now);
  tenant = await makeTenant();
});

describe("a tag policy", () => {
  it("holds for the next call, and what it refuses is kept aside", async () => {
    expect(await store(tenant, "a")).toMatchObject({ accepted: 1, unattributed: 1 });
    await setTagPolicy(as(tenant), { tagPolicy: { feature: "accept", team: "reject" } });
    const refused = await store(tenant, "b");
    expect(refused).toMatchObject({
      accepted: 0,
      rejected: [{ id: "b", code: "TAG_REQUIRED", field: "team" }],
    });
    expect(await store(tenant, "c", { team: "core" })).toMatchObject({ accepted: 1, unattributed: 0 });
    const shelf = await asAdmin("SELECT call_id, code FROM call_quarantine WHERE tenant_id = $1", [
      tenant.id,
    ]);
    expect(shelf).toEqual([{ call_id: "b", code: "TAG_REQUIRED" }]);
    expect((await showAttribution(as(tenant, "viewer"))).tagPolicy).toEqual({
      feature: "accept",
      team: "reject",
    });
  });

  it("is an admin's, and noted", async () => {
    await expect(setTagPolicy(as(tenant, "viewer"), { tagPolicy: {} })).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
    const audit = await asAdmin("SELECT before, after FROM audit_event WHERE tenant_id = $1 AND action = 'tag-policy.set'", [tenant.id]); // prettier-ignore
    expect(audit).toEqual([
      { before: { feature: "unattributed" }, after: { feature: "accept", team: "reject" } },
    ]);
  });

  it("lets a rule say what is missing, at once", async () => {
    await saveRule(as(tenant), {
      name: "Core",
      conditions: [{ field: "team", op: "isMissing" }],
      sets: { team: "core", feature: "chat" },
    });
    expect(await store(tenant, "d")).toMatchObject({ accepted: 1, rejected: [] });
    expect((await rowsOf(tenant)).find(({ call_id }) => call_id === "d")?.feature).toBe("chat");
  });
});

describe("an attribute map", () => {
  it("is replaced whole, and has no names that every object has", async () => {
    await setAttributeMap(as(tenant), { attributeMap: { "app.flow": "feature", "app.squad": "team" } });
    await setAttributeMap(as(tenant), { attributeMap: { "app.flow": "promptId" } });
    const { attributeMap, revision } = await currentPolicy(contextOf(tenant, ingestKey, now));
    expect({ ...attributeMap }).toEqual({ "app.flow": "promptId" });
    expect(attributeMap.constructor).toBeUndefined();
    expect(revision).toBeGreaterThan(3);
  });

  it.each(["constructor", "prototype", "", "a b", "x".repeat(201)])("refuses %j as a name", (name) => {
    expect(AttributeMap.safeParse({ [name]: "feature" }).success).toBe(false);
  });

  it("refuses __proto__ as JSON has it", () => {
    expect(AttributeMap.parse(JSON.parse('{"__proto__":"feature"}'))).not.toHaveProperty("feature");
    expect(Object.keys(AttributeMap.safeParse(JSON.parse('{"__proto__":"feature"}')).data ?? {})).toEqual([]);
  });
});

describe("pseudonyms", () => {
  it("can be looked up, outlive being off, and change with their key", async () => {
    const own = await makeTenant();
    const lookUp = async () => (await lookUpPseudonym(as(own), { userId: "ursula" })).pseudonym;
    await expect(lookUp()).rejects.toMatchObject({ code: "NOT_FOUND" });
    await store(own, "1-raw", { userId: "ursula" });
    await setPseudonyms(as(own), { pseudonymise: true, confirm: true });
    await store(own, "2-hidden", { userId: "ursula" });
    const first = await lookUp();
    await store(own, "3-sent-back", { userId: first });
    await setPseudonyms(as(own), { pseudonymise: false, confirm: true });
    await store(own, "4-raw", { userId: "ursula" });
    expect(await lookUp()).toBe(first);
    await setPseudonyms(as(own), { pseudonymise: true, confirm: true });
    expect(await lookUp()).toBe(first);
    await shredPseudonymKey(as(own), { confirm: "delete the key" });
    await store(own, "5-other", { userId: "ursula" });
    const users = (await rowsOf(own)).map(({ user_id }) => user_id);
    expect(users).toEqual(["ursula", first, first, "ursula", await lookUp()]);
    expect(users[4]).not.toBe(first);
    await expect(shredPseudonymKey(as(own), { confirm: "yes" as never })).rejects.toThrow();
    const audit = await asAdmin<{ row: string }>(
      "SELECT a::text AS row FROM audit_event a WHERE tenant_id = $1",
      [own.id],
    );
    // A name that no digest can spell: hashes stand in the rows, too.
    expect(audit.filter(({ row }) => row.includes("ursula") || row.includes(first))).toEqual([]);
    expect(audit.length).toBeGreaterThan(6);
  });

  it("are what rules about users speak of", async () => {
    const own = await makeTenant();
    await setPseudonyms(as(own), { pseudonymise: true, confirm: true });
    const of = (op: "is" | "startsWith") =>
      saveRule(as(own), {
        name: "Ada",
        conditions: [{ field: "userId", op, value: "ada" }],
        sets: { feature: "hers" },
      });
    await expect(of("startsWith")).rejects.toMatchObject({ code: "INVALID_INPUT" });
    await of("is");
    await store(own, "a", { userId: "ada" });
    await store(own, "b", { userId: "bob" });
    expect((await rowsOf(own)).map(({ feature }) => feature)).toEqual(["hers", null]);
    const raw = await asAdmin(
      "SELECT 1 FROM attribution_rule r WHERE tenant_id = $1 AND r::text LIKE '%\"ada\"%'",
      [own.id],
    );
    expect(raw).toEqual([]);
  });
});
