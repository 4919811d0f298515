import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import type { Actor, Role } from "@/server/auth/permissions";
import type { Ctx, Tenant } from "@/server/context";
import { asAdmin, contextOf, makeTenant } from "@/tests/factories/tenant";
import { deleteView } from "./delete";
import { listViews } from "./list";
import { renameView } from "./rename";
import { restoreView } from "./restore";
import { saveView } from "./save";
import { mostViews, rememberedQuery } from "./schemas";
import { updateView } from "./update";

const now = new Date("2026-11-20T12:00:00Z");
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const someone = (role: Role): Actor => ({
  kind: "person",
  personId: randomUUID(),
  email: "a@example.com",
  role,
});

const readKey: Actor = { kind: "key", keyId: randomUUID(), scopes: ["read", "ingest"], pins: {} };

let tenant: Tenant;
let ann: Ctx;
let bob: Ctx;
let admin: Ctx;
beforeAll(async () => {
  tenant = await makeTenant();
  ann = contextOf(tenant, someone("viewer"), now);
  bob = contextOf(tenant, someone("finance"), now);
  admin = contextOf(tenant, someone("admin"), now);
});

const view = (name: string, more: object = {}) =>
  ({ name, screen: "features", query: "range=7d&f=feature%3Achat&f=-user%3Ax", ...more }) as const;
const namesOf = async (ctx: Ctx) => (await listViews(ctx)).map(({ name }) => name);
const audited = async () =>
  (await asAdmin<{ action: string }>("SELECT action FROM audit_event WHERE tenant_id = $1 ORDER BY seq", [tenant.id])).map(({ action }) => action); // prettier-ignore

describe("one's own views", () => {
  it("are kept as they were, for oneself alone", async () => {
    const { id } = await saveView(ann, view("Chat"));
    expect(await listViews(ann)).toEqual([
      {
        id,
        name: "Chat",
        screen: "features",
        query: "range=7d&f=feature%3Achat&f=-user%3Ax",
        shared: false,
        isOwn: true,
        mayChange: true,
      },
    ]);
    expect(await namesOf(bob)).toEqual([]);
    expect(await namesOf(admin)).toEqual([]);
    for (const act of [
      () => renameView(admin, { id, name: "Mine" }),
      () => updateView(admin, { id, screen: "calls", query: "" }),
      () => deleteView(admin, { id }),
      () => restoreView(admin, { id }),
    ])
      await expect(act()).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("have names that nobody else's clash with", async () => {
    await saveView(bob, view("Chat"));
    await saveView(bob, view("Chat", { shared: true }));
    await expect(saveView(ann, view(" CHAT "))).rejects.toMatchObject({
      code: "CONFLICT",
      data: { field: "name" },
    });
    await expect(saveView(ann, view("chat", { shared: true }))).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("lead elsewhere, and get other names", async () => {
    const { id } = await saveView(bob, view("Errors"));
    await updateView(bob, { id, screen: "errors", query: "range=24h" });
    await expect(renameView(bob, { id, name: "chat" })).rejects.toMatchObject({ code: "CONFLICT" });
    await renameView(bob, { id, name: "ERRORS" });
    expect((await listViews(bob)).find((one) => one.id === id)).toMatchObject({
      name: "ERRORS",
      screen: "errors",
      query: "range=24h",
    });
  });
});

describe("shared views", () => {
  it("are everybody's to use, whoever's to change, and an admin's", async () => {
    const { id } = await saveView(ann, view("Monday", { shared: true }));
    expect((await listViews(bob)).find((one) => one.id === id)).toMatchObject({
      isOwn: false,
      mayChange: false,
    });
    expect((await listViews(admin)).find((one) => one.id === id)).toMatchObject({
      isOwn: false,
      mayChange: true,
    });
    await expect(deleteView(bob, { id })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(renameView(bob, { id, name: "Ours" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await renameView(admin, { id, name: "Every Monday" });
    await deleteView(admin, { id });
    expect(await namesOf(ann)).not.toContain("Every Monday");
    await restoreView(ann, { id });
    expect(await namesOf(bob)).toContain("Every Monday");
    expect((await audited()).slice(-4)).toEqual([
      "view.shared",
      "view.renamed",
      "view.deleted",
      "view.restored",
    ]);
  });

  it("say nothing of what they filter by in the audit log", async () => {
    const secret = randomUUID();
    await saveView(ann, view("Quiet", { shared: true, query: `f=user%3A${secret}` }));
    const rows = await asAdmin<{ row: string }>(
      "SELECT t::text AS row FROM audit_event t WHERE tenant_id = $1",
      [tenant.id],
    );
    expect(rows.some(({ row }) => row.includes("Quiet"))).toBe(true);
    expect(rows.filter(({ row }) => row.includes(secret))).toEqual([]);
  });
});

describe("a deleted view", () => {
  it("can be had back for a day", async () => {
    const { id } = await saveView(ann, view("Undone"));
    await deleteView(ann, { id });
    await deleteView(ann, { id });
    expect(await namesOf(ann)).not.toContain("Undone");
    await expect(renameView(ann, { id, name: "x" })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(updateView(ann, { id, screen: "calls", query: "" })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await restoreView({ ...ann, now: hoursLater(24) }, { id });
    await restoreView(ann, { id });
    expect(await namesOf(ann)).toContain("Undone");
    await deleteView(ann, { id });
    await expect(restoreView({ ...ann, now: hoursLater(24.1) }, { id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
  });

  it("leaves its name to others, and then has no way back under it", async () => {
    const { id } = await saveView(ann, view("Taken"));
    await deleteView(ann, { id });
    await saveView(ann, view("taken"));
    await expect(restoreView(ann, { id })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  it("is gone for good with the first save after a day", async () => {
    const { id } = await saveView(ann, view("Gone"));
    await deleteView(ann, { id });
    const rows = () => asAdmin("SELECT 1 FROM saved_view WHERE id = $1", [id]);
    await saveView(ann, view("Next"));
    expect(await rows()).toHaveLength(1);
    await saveView({ ...bob, now: hoursLater(25) }, view("After a day"));
    expect(await rows()).toHaveLength(0);
  });
});

describe("views", () => {
  it("are 200 at most, of one's own and of the tenant's", async () => {
    const full = await makeTenant();
    const ctx = contextOf(full, someone("viewer"), now);
    const { personId } = ctx.actor as Extract<Actor, { kind: "person" }>;
    await asAdmin(
      `INSERT INTO saved_view (tenant_id, name, screen, params, shared, created_by, created_at, updated_at)
       SELECT $1, 'view ' || n || shared, 'calls', '[]', shared, $2, now(), now()
       FROM generate_series(1, $3::int) AS n, unnest(ARRAY[true, false]) AS shared`,
      [full.id, personId, mostViews - 1],
    );
    for (const shared of [true, false]) {
      const { id } = await saveView(ctx, view("the last", { shared }));
      await expect(saveView(ctx, view("too many", { shared }))).rejects.toMatchObject({ code: "CONFLICT" });
      await deleteView(ctx, { id });
      await saveView(ctx, view("in its place", { shared }));
      await expect(restoreView(ctx, { id })).rejects.toMatchObject({ code: "CONFLICT" });
    }
  });

  it("saved by several at once keep their names unique", async () => {
    const saved = await Promise.allSettled(
      Array.from({ length: 8 }, () => saveView(ann, view("At once", { shared: true }))),
    );
    expect(saved.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of saved)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "CONFLICT" });
  });

  it.each([
    { name: "another address", input: { query: "callbackUrl=https%3A%2F%2Fevil.example" } },
    { name: "a screen that is none", input: { screen: "../../evil.example" } },
    { name: "what is open for a moment", input: { query: "range=7d&call=abc" } },
    { name: "what cannot be stored", input: { query: "f=%00" } },
    { name: "too much", input: { query: `f=${"x".repeat(600)}` } },
    { name: "too many parts", input: { query: "f=feature%3Aa&".repeat(201) } },
    { name: "no name", input: { name: "  " } },
  ])("refuse $name", async ({ input }) => {
    await expect(saveView(ann, view(randomUUID(), input))).rejects.toThrow();
  });

  it("are people's alone", async () => {
    const key = contextOf(tenant, readKey, now);
    await expect(listViews(key)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(saveView(key, view("a key's"))).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listViews(contextOf(tenant, { kind: "system", job: "x" }, now))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });

  it("of another tenant are not there", async () => {
    const { id } = await saveView(ann, view("Ours alone", { shared: true }));
    const other = contextOf(await makeTenant(), someone("owner"), now);
    expect(await namesOf(other)).toEqual([]);
    await expect(deleteView(other, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("remember of an address what is theirs", () =>
    expect(rememberedQuery("?range=7d&call=abc&f=feature:a&why=1&f=-user:x&_rsc=1")).toBe(
      "range=7d&f=feature%3Aa&f=-user%3Ax",
    ));
});
