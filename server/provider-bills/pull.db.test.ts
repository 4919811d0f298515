import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { bookedOf, callsOf, daysOf, openAiWork } from "@/tests/factories/bill-story";
import { startFakeAnthropicCosts } from "@/tests/mocks/anthropic-costs";
import { makeBillState } from "@/tests/mocks/bill-fake";
import { setEnvironment } from "@/tests/mocks/environment";
import { startFakeOpenAiCosts } from "@/tests/mocks/openai-costs";

setEnvironment({ ALLOW_PRIVATE_SOURCES: "on" });
const { listAudit } = await import("@/server/audit/list");
const { recordCalls } = await import("@/server/calls/record");
const { systemContext } = await import("@/server/system-context");
const { connectBill } = await import("./connect");
const { disconnectBill } = await import("./disconnect");
const { listBills } = await import("./list");
const { listReadableBills } = await import("./list-readable");
const { billMonth } = await import("./month");
const { pauseBill } = await import("./pause");
const { pullBill } = await import("./pull");
const { pullBillNow } = await import("./pull-now");
const { billReads } = await import("./reads");
const { resumeBill } = await import("./resume");
const { signOffBill } = await import("./sign-off");
const { billTrend } = await import("./trend");
const { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } =
  await import("@/tests/factories/tenant");
type Tenant = Awaited<ReturnType<typeof makeTenant>>;

const fake = await startFakeOpenAiCosts("sk-admin-canary");
const anthropic = await startFakeAnthropicCosts();
afterAll(() => Promise.all([fake.close(), anthropic.close()]));
const start = new Date("2026-11-03T06:00:00Z");
const at = (days: number) => new Date(start.getTime() + days * 86_400_000);
const days = daysOf("2026-10-01", 31);
const work = openAiWork(days);

beforeAll(() => loadPrices(at(-60)));
beforeEach(() => {
  Object.assign(fake.state, makeBillState(), { usage: work.map(bookedOf) });
  fake.heard.length = 0;
});

const admin = (tenant: Tenant, now = start) => contextOf(tenant, personWith("admin"), now);
const finance = (tenant: Tenant, now = start) => contextOf(tenant, personWith("finance"), now);
const input = (more: object = {}) => ({ provider: "openai", name: "Org", baseUrl: fake.url, credentials: { adminKey: fake.adminKey }, ...more }) as const; // prettier-ignore
const connect = async (tenant: Tenant) => (await connectBill(admin(tenant), input())).id;
const step = async (tenant: Tenant, connectionId: string, now = start) =>
  pullBill(await systemContext(tenant.id, "test", { now }), { connectionId });
async function pull(tenant: Tenant, id: string, now = start) {
  for (let steps = 0; steps < 40; steps += 1) {
    const result = await step(tenant, id, now);
    if (!result.more || result.waitSeconds !== null) return result;
  }
  throw new Error("the pull does not end");
}
const lines = (tenant: Tenant) =>
  asAdmin<Record<string, string>>("SELECT pull_id, n, basis, day::text, model, token_class, service, workspace, amount::text, quantity::text FROM bill_line WHERE tenant_id = $1 ORDER BY pull_id, n", [tenant.id]); // prettier-ignore
/** The same without which pull it was. */
const said = (tenant: Tenant) =>
  asAdmin("SELECT n, basis, day::text, model, token_class, service, workspace, amount::text, quantity::text FROM bill_line WHERE tenant_id = $1 ORDER BY n", [tenant.id]); // prettier-ignore
const october = { provider: "openai", month: "2026-10" };

describe("connecting", () => {
  it("asks one small question, keeps the key sealed, says who did it, and reads at once", async () => {
    const tenant = await makeTenant();
    const ctx = admin(tenant);
    const { id } = await connectBill(ctx, input({ settings: { covers: ["proj_app"] } }));
    expect(fake.heard.map(({ url }) => url.pathname)).toEqual(["/v1/organization/costs"]);
    expect(ctx.emitted).toEqual([
      { name: "bill/pull-requested", data: { tenantId: tenant.id, connectionId: id } },
    ]);
    const listed = await listBills(ctx);
    expect(listed.connections).toMatchObject([{ id, provider: "openai", state: "active", settings: { daysBack: 35, covers: ["proj_app"] } }]); // prettier-ignore
    const audit = await listAudit(ctx, {});
    const rows = await asAdmin("SELECT t::text || encode(credentials, 'escape') AS row FROM bill_connection t WHERE tenant_id = $1", [tenant.id]); // prettier-ignore
    expect(JSON.stringify(audit)).toContain("bill.connected");
    for (const seen of [listed, audit, rows, ctx.emitted])
      expect(JSON.stringify(seen)).not.toContain("canary");
  });

  it.each([
    ["a key that is no admin key", "credentials", { credentials: { adminKey: "sk-proj-x" } }],
    ["a wrong admin key", "credentials", { credentials: { adminKey: "sk-admin-other" } }],
    ["an address where nobody is", "baseUrl", { baseUrl: "http://127.0.0.1:1" }],
  ] as const)("refuses %s", async (_what, field, more) => {
    const tenant = await makeTenant();
    await expect(connectBill(admin(tenant), input(more))).rejects.toMatchObject({
      code: "INVALID_INPUT",
      data: { field },
    });
    expect((await listBills(admin(tenant))).connections).toEqual([]);
  });

  it.each([
    ["sk-ant-api-x", "Anthropic refuses this key"],
    ["sk-ant-admin-other", "Anthropic refuses this key"],
  ])("tells Anthropic's keys apart: %s", async (adminKey, message) => {
    const tenant = await makeTenant();
    const asked = input({ provider: "anthropic", baseUrl: anthropic.url, credentials: { adminKey } });
    await expect(connectBill(admin(tenant), asked)).rejects.toThrow(message);
  });

  it("is for admins", async () => {
    const tenant = await makeTenant();
    await expect(connectBill(finance(tenant), input())).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(listBills(contextOf(tenant, personWith("viewer"), start))).rejects.toMatchObject({
      code: "FORBIDDEN",
    });
  });
});

describe("a read", () => {
  it("keeps every page, and what was read yesterday beside what is read today", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    expect(await pull(tenant, id)).toEqual({ more: false, waitSeconds: null });
    const first = await lines(tenant);
    await pull(tenant, id, at(1));
    const both = await lines(tenant);
    expect(both).toHaveLength(first.length * 2);
    expect(both).toEqual(expect.arrayContaining(first));
    const { pulls } = await listBills(admin(tenant));
    expect(pulls).toMatchObject([
      { state: "done", firstDay: "2026-09-30", lastDay: "2026-11-03" },
      { state: "done", firstDay: "2026-09-29", lastDay: "2026-11-02" },
    ]);
    const { reads } = await billReads(admin(tenant), {
      provider: "openai",
      first: "2026-10-01",
      last: "2026-10-01",
    });
    expect(reads.map(({ isChange }) => isChange)).toEqual([false, false]);
    const asked = fake.heard.map(({ url }) => url.searchParams);
    expect(
      asked.every((query) => query.get("bucket_width") === "1d" && Number(query.get("limit")) <= 31),
    ).toBe(true);
  });

  it("that is cut off at every page in turn goes on there and says the same", async () => {
    const whole = await makeTenant();
    await pull(whole, await connect(whole));
    const expected = await said(whole);
    const tenant = await makeTenant();
    const id = await connect(tenant);
    // Half a page, a broken connection's status, and a limit, one after each other page.
    const faults = [
      { status: 200, body: '{"object":"page","has_more":true,"data":[{"object":"bucket","start_ti' },
      { status: 502, body: "bad gateway" },
      { status: 200, body: { unexpected: true } },
    ];
    for (const fault of faults) {
      fake.state.requestsLeft = 2;
      const sentAway = await pull(tenant, id);
      expect(sentAway).toEqual({ more: true, waitSeconds: 30 });
      fake.state.requestsLeft = Infinity;
      fake.state.next = [fault];
      expect(await step(tenant, id, new Date(start.getTime() + 31_000))).toEqual({
        more: false,
        waitSeconds: null,
      });
      const [connection] = (await listBills(admin(tenant))).connections;
      expect(connection?.failure).not.toBeNull();
      await asAdmin("UPDATE bill_connection SET wait_until = NULL WHERE tenant_id = $1", [tenant.id]);
    }
    expect((await listBills(admin(tenant))).connections[0]).toMatchObject({ state: "failing" });
    await pull(tenant, id);
    expect(await said(tenant)).toEqual(expected);
    expect((await listBills(admin(tenant))).connections[0]).toMatchObject({ state: "active", failure: null });
  });

  it("counts only when it is whole", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    fake.state.requestsLeft = 3;
    await pull(tenant, id);
    expect(await lines(tenant)).not.toEqual([]);
    const month = await billMonth(finance(tenant), october);
    expect(month).toMatchObject({ billUsd: "0", unexplainedShare: null, isFinal: false });
    expect(month.unreadDays).toEqual(days);
  });

  it("begins anew when it was cut off long ago", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    fake.state.requestsLeft = 3;
    await pull(tenant, id);
    fake.state.requestsLeft = Infinity;
    await pull(tenant, id, at(1));
    const { pulls } = await listBills(admin(tenant));
    expect(pulls.map(({ state }) => state)).toEqual(["done", "abandoned"]);
  });

  it("waits while it was told to, and does nothing while paused", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    fake.state.requestsLeft = 0;
    await step(tenant, id);
    fake.heard.length = 0;
    expect(await step(tenant, id, new Date(start.getTime() + 10_000))).toEqual({
      more: true,
      waitSeconds: 20,
    });
    await pauseBill(admin(tenant), { id });
    expect(await step(tenant, id, at(1))).toEqual({ more: false, waitSeconds: null });
    expect(fake.heard).toEqual([]);
    await expect(pullBillNow(admin(tenant), { id })).rejects.toMatchObject({ code: "CONFLICT" });
    expect(await listReadableBills()).not.toContainEqual({ tenantId: tenant.id, id });
    const ctx = admin(tenant);
    await resumeBill(ctx, { id });
    expect(ctx.emitted).toHaveLength(1);
    expect(await listReadableBills()).toContainEqual({ tenantId: tenant.id, id });
  });

  it("of another currency is refused, for nobody says at which rate", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    fake.state.next = [{ status: 200, body: { object: "page", has_more: false, next_page: null, data: [{ start_time: 1_790_812_800, results: [{ amount: { value: 1, currency: "eur" }, line_item: "gpt-4o, input" }] }] } }]; // prettier-ignore
    await pull(tenant, id);
    expect((await listBills(admin(tenant))).connections[0]?.failure).toContain("EUR");
  });

  it("stays when its connection goes, and connecting again does not double the bill", async () => {
    const tenant = await makeTenant();
    const id = await connect(tenant);
    await pull(tenant, id);
    const { billUsd } = await billMonth(finance(tenant), october);
    await disconnectBill(admin(tenant), { id });
    expect((await billMonth(finance(tenant), october)).billUsd).toBe(billUsd);
    await pull(tenant, await connect(tenant), at(1));
    expect((await billMonth(finance(tenant, at(1)), october)).billUsd).toBe(billUsd);
    expect(Number(billUsd)).toBeGreaterThan(10);
  });
});

describe("two tenants", () => {
  it("know nothing of each other's bills", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    const id = await connect(one);
    await pull(one, id);
    const seen = await billMonth(finance(other), october);
    expect(seen).toMatchObject({ billUsd: "0", unreadDays: days });
    await expect(pauseBill(admin(other), { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(pullBill(contextOf(other, system, start), { connectionId: id })).rejects.toMatchObject({
      code: "NOT_FOUND",
    });
    await expect(disconnectBill(admin(other), { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });
});

describe("signing off", () => {
  async function signable() {
    const tenant = await makeTenant();
    const calls = work.flatMap(callsOf);
    await recordCalls(contextOf(tenant, system, start), { calls }, { source: "import", anyAge: true });
    const id = await connect(tenant);
    await pull(tenant, id);
    return { tenant, id };
  }
  const sign = async (tenant: Tenant, now: Date, more: object = {}) => {
    const { billUsd, ledgerUsd } = await billMonth(finance(tenant, now), october);
    return signOffBill(finance(tenant, now), { ...october, billUsd, ledgerUsd, note: "Agreed.", ...more });
  };

  it("waits for two equal reads a day apart, freezes the figures, and a later correction opens it again", async () => {
    const { tenant, id } = await signable();
    await expect(sign(tenant, start)).rejects.toMatchObject({ code: "CONFLICT" });
    await pull(tenant, id, at(1));
    await expect(sign(tenant, at(1), { billUsd: "1" })).rejects.toThrow("changed since you looked");
    await expect(
      signOffBill(admin(tenant, at(1)), { ...october, billUsd: "0", ledgerUsd: "0" }),
    ).rejects.toMatchObject({ code: "FORBIDDEN" });
    await sign(tenant, at(1));
    await expect(sign(tenant, at(1))).rejects.toThrow("signed off already");
    const signed = await billMonth(finance(tenant, at(1)), october);
    expect(signed.signOff).toMatchObject({
      note: "Agreed.",
      billChangedUsd: "0",
      ledgerChangedUsd: "0",
      billUsd: signed.billUsd,
    });

    fake.state.extras = [{ day: "2026-10-30", description: "Sales tax", usd: "2.5" }];
    await pull(tenant, id, at(2));
    const changed = await billMonth(finance(tenant, at(2)), october);
    expect(changed).toMatchObject({
      isFinal: false,
      signOff: { billChangedUsd: "2.5", ledgerChangedUsd: "0", billUsd: signed.billUsd },
    });
    await pull(tenant, id, at(3));
    await sign(tenant, at(3));
    const rows = await asAdmin<{ n: number; figures: { billUsd: string; days: unknown[] } }>("SELECT n, figures FROM bill_sign_off WHERE tenant_id = $1 ORDER BY n", [tenant.id]); // prettier-ignore
    expect(rows.map(({ n, figures }) => [n, figures.billUsd, figures.days.length])).toEqual([[1, signed.billUsd, 31], [2, changed.billUsd, 31]]); // prettier-ignore
    expect(JSON.stringify(await listAudit(admin(tenant), {}))).toContain("bill.signed_off");
  });

  it("has a trend of what could not be explained; months that nobody read have none", async () => {
    const { tenant } = await signable();
    const { months } = await billTrend(finance(tenant), {
      provider: "openai",
      months: ["2026-10", "2026-08"],
    });
    expect(months).toMatchObject([
      { month: "2026-08", figures: null },
      { month: "2026-10", figures: { gapUsd: "0", unexplainedShare: "0" } },
    ]);
  });

  it("what was read and signed can be neither changed nor deleted by the product", async () => {
    const { tenant } = await signable();
    for (const sql of [
      "UPDATE bill_line SET amount = 0",
      "DELETE FROM bill_line",
      "DELETE FROM bill_pull",
      "UPDATE bill_read SET digest = ''",
      "DELETE FROM bill_sign_off",
    ])
      // prettier-ignore
      await expect(contextOf(tenant, system, start).db.write((db) => db.$executeRawUnsafe(sql))).rejects.toThrow();
  });
});
