import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { FakeState, FakeStripe } from "./fake";
import type { MadeCall, Scene } from "./scene";

const { accountName, startFakeStripe } = await import("./fake");
const fake: FakeStripe = await startFakeStripe();
process.env.STRIPE_API_URL = fake.url;
const scenes = await import("./scene");
const { asAdmin, contextOf, system } = await import("../factories/tenant");
const { listAudit } = await import("@/server/audit/list");
const { compareBilling } = await import("@/server/billing/compare");
const { planOlderIfDue } = await import("@/server/billing/plan-older");
const { planWindows } = await import("@/server/billing/plan-windows");
const { readRevenueIfDue } = await import("@/server/billing/read-revenue");
const { sendReady } = await import("@/server/billing/send-ready");
const { showRevenue } = await import("@/server/billing/show-revenue");
const { suggestMappings } = await import("@/server/billing/suggest-mappings");
const { closePeriod } = await import("@/server/periods/close");
const { closeWaiting } = await import("@/server/periods/close-waiting");
const { listPeriods } = await import("@/server/periods/list");
const { verifyStatement } = await import("@/server/statements/verify");
const { customers } = await import("./fake");
const { patiently } = await import("./patiently");
afterAll(() => fake.close());

const at = (text: string) => new Date(`2026-${text}Z`);
const start = at("10-05T00:00:00");
const month = "2026-10";
let scene: Scene;
let account: string;
let serial = 0;
beforeEach(async () => {
  account = accountName((serial += 1));
  scene = await scenes.makeScene(fake, account, at("11-01T00:00:00"), start);
});

const call = (day: string, tokens: number, costUsd: string, accountId = "acme"): MadeCall => ({ accountId, at: at(day), tokens, costUsd }); // prettier-ignore
async function store(calls: MadeCall[], when: Date): Promise<void> {
  await scenes.addCalls(scene.tenant, calls, when);
  await scenes.roll(scene.tenant, when);
}
/** As the job does: out with what is final. */
async function send(when: Date): Promise<FakeState> {
  await fake.told(account, { set: { now: when.getTime() } });
  const ctx = scene.at(when);
  while ((await patiently(() => planWindows(ctx))).more);
  while ((await patiently(() => sendReady(ctx))).waitMs === 0);
  return fake.told(account);
}
async function compare(when: Date) {
  await fake.told(account, { set: { now: when.getTime() } });
  return patiently(() => compareBilling(scene.at(when)));
}
const close = (when: Date, despite?: string) => closePeriod(scene.at(when), { month, ...(despite !== undefined && { despite }) }); // prettier-ignore
async function blockers(when: Date): Promise<string> {
  const answer = await close(when);
  if (answer.state === "closed") return "closed";
  return answer.waitsFor.map(({ code, sentence }) => `${code}: ${sentence}`).join(" ");
}
const differences = () =>
  asAdmin<{ class: string; day: string; ledger: string; owner: string; reason: string }>(
    "SELECT class, to_char(day, 'YYYY-MM-DD') AS day, ledger::text, owner, reason FROM billing_difference WHERE tenant_id = $1 AND resolved_at IS NULL ORDER BY meter_id = $2, day",
    [scene.tenant.id, scene.meters.tokens],
  );
const billedOf = ({ events }: FakeState, name: string) =>
  events
    .filter((event) => event.event_name === name)
    .reduce((sum, { payload }) => sum + Number(payload.value), 0);

describe("a month whose usage is exported", () => {
  it("stays open until everything is exported, confirmed and compared, and then closes by itself", async () => {
    await store([call("10-20T10:30:00", 500, "0.25")], at("11-01T06:00:00"));
    expect(await blockers(at("11-01T06:00:00"))).toMatch(/^exports: .*Usage of one day is still to be exported\..*not been compared/);
    await send(at("11-01T06:10:00"));
    expect(await blockers(at("11-01T06:10:00"))).toMatch(/2 hours of usage are sent and not confirmed/);
    await compare(at("11-01T13:00:00"));
    const ctx = contextOf(scene.tenant, system, at("11-01T13:00:00"));
    expect(await closeWaiting(ctx)).toEqual({ closed: [month] });
    expect((await listPeriods(scene.at(ctx.now)))[0]).toMatchObject({ month, despite: null });
  });

  it("is not kept open where nothing is billed, or by what came too late for Stripe", async () => {
    await store([call("10-20T10:30:00", 500, "0.25")], at("11-01T06:00:00"));
    await send(at("11-01T06:10:00"));
    // Late usage, 40 days after it happened.
    await store([call("10-20T10:40:00", 7, "0.5")], at("11-29T06:00:00"));
    await send(at("11-29T06:10:00"));
    await compare(at("11-29T14:00:00"));
    expect((await differences()).map(({ class: name, ledger }) => [name, ledger])).toEqual([["late", "500000"], ["late", "7"]]);
    expect(await blockers(at("11-29T14:00:00"))).toBe("closed");
    await asAdmin("UPDATE billing_connection SET compared_at = NULL, state = 'disconnected', disconnected_at = now(), api_key = NULL WHERE tenant_id = $1", [scene.tenant.id]);
    await asAdmin("DELETE FROM period WHERE tenant_id = $1", [scene.tenant.id]);
    await asAdmin("UPDATE statement SET reopened_at = now(), reopened_by = 'x', reopen_reason = 'x' WHERE tenant_id = $1", [scene.tenant.id]);
    expect(await blockers(at("11-29T14:00:00"))).toBe("closed");
  });

  it("stays open while Stripe counts something else, unless somebody says why it is closed all the same", async () => {
    await store([call("10-20T10:30:00", 500, "0.25")], at("11-01T06:00:00"));
    const { events } = await send(at("11-01T06:10:00"));
    await fake.told(account, { set: { events: events.filter(({ event_name: name }) => name !== "llm_tokens") } });
    await compare(at("11-01T14:00:00"));
    expect(await blockers(at("11-01T14:00:00"))).toMatch(/One difference is open/);
    expect(await closeWaiting(contextOf(scene.tenant, system, at("11-01T15:00:00")))).toEqual({ closed: [] });
    // Something else still keeps it open: the reason is kept until that has ended.
    await scenes.addCalls(scene.tenant, [call("10-21T10:30:00", 0, "0")], at("11-01T15:00:00"));
    const why = "Stripe's support has promised to count it by hand.";
    expect(await close(at("11-01T15:00:00"), why)).toMatchObject({ state: "closing" });
    await scenes.roll(scene.tenant, at("11-01T15:30:00"));
    const ctx = contextOf(scene.tenant, system, at("11-01T15:30:00"));
    expect(await closeWaiting(ctx)).toEqual({ closed: [month] });
    expect((await listPeriods(scene.at(ctx.now)))[0]).toMatchObject({ month, despite: why });
    expect(await verifyStatement(scene.at(ctx.now), { month })).toMatchObject({ isIntact: true });
    const { events: audited } = await listAudit(scene.at(ctx.now), {});
    expect(JSON.stringify(audited.find(({ action }) => action === "period.closed"))).toContain("promised to count it by hand");
  });
}); // prettier-ignore

/** What calls of a closed month should have cost, as a repricing books it. */
async function correct(occurredAt: string, bookedAt: string, deltaUsd: string, accountId = "acme"): Promise<void> {
  const runId = randomUUID();
  await asAdmin(
    `INSERT INTO reprice_run (tenant_id, id, reason, scope, known_at, state, requested_by, requested_at, progressed_at)
     VALUES ($1, $2, 'x', '{}', now(), 'done', 'x', now(), now())`,
    [scene.tenant.id, runId],
  );
  await asAdmin(
    `INSERT INTO call_correction (tenant_id, occurred_at, call_id, run_id, booked_at, month, cost_usd, delta_usd, price_status, kind, provider, model, account_id)
     VALUES ($1, $2, 'old', $3, $4, '2026-10-01', 2, $5, 'priced', 'llm', 'openai', 'gpt-4o', $6)`,
    [scene.tenant.id, at(occurredAt), runId, at(bookedAt), deltaUsd, accountId],
  );
} // prettier-ignore
const rows = () =>
  asAdmin(
    `SELECT to_char(window_start AT TIME ZONE 'UTC', 'MM-DD HH24') AS hour, revision, value::text, state FROM billing_export
     WHERE tenant_id = $1 AND meter_id = $2 ORDER BY window_start, revision`,
    [scene.tenant.id, scene.meters.cost_micro_usd],
  );

describe("corrections of a closed month", () => {
  it("reach Stripe in the hour in which they were booked, once, by meters of cost alone", async () => {
    await store([call("10-20T10:30:00", 500, "0.25"), call("11-02T09:10:00", 3, "0.1")], at("11-02T10:30:00"));
    await send(at("11-02T12:00:00"));
    await correct("10-20T10:30:00", "11-02T09:40:00", "0.0123456");
    await correct("10-20T10:30:00", "11-03T08:00:00", "-0.2");
    const state = await send(at("11-03T12:00:00"));
    expect(await rows()).toEqual([
      { hour: "10-20 10", revision: 1, value: "250000", state: "sent" },
      { hour: "11-02 09", revision: 1, value: "100000", state: "sent" },
      { hour: "11-02 09", revision: 2, value: "12346", state: "sent" },
      { hour: "11-03 08", revision: 1, value: "-200000", state: "sent" },
    ]);
    expect([billedOf(state, "llm_cost"), billedOf(state, "llm_tokens")]).toEqual([162_346, 503]);
    // Stripe, outbox and ledger agree, and nothing is planned twice.
    expect(await compare(at("11-03T20:00:00"))).toEqual({ confirmed: 6, differences: 0 });
    expect(await patiently(() => planWindows(scene.at(at("11-04T12:00:00"))))).toMatchObject({ rows: 0 });
  });

  it("are not billed where the calls were before the meter began", async () => {
    await store([call("11-02T09:10:00", 3, "0.1")], at("11-02T10:30:00"));
    await correct("10-04T23:59:59", "11-02T09:40:00", "5");
    await correct("10-20T10:30:00", "11-02T09:50:00", "7", "nobody");
    await send(at("11-02T12:00:00"));
    expect(await rows()).toMatchObject([{ hour: "11-02 09", revision: 1, value: "100000" }]);
  });
}); // prettier-ignore

describe("usage that is older than Stripe's meters take", () => {
  it("is listed with amount, reason and owner, of whatever age, and is gone when it is taken back", async () => {
    await store([call("10-06T10:30:00", 500, "0.25")], at("11-01T06:00:00"));
    await send(at("11-01T06:10:00"));
    await compare(at("11-01T14:00:00"));
    const day = at("12-05T06:00:00");
    await store([call("10-06T10:40:00", 9, "0"), call("10-06T11:40:00", 1, "0")], day);
    // Sixty days: more than is looked back for each time.
    expect(await patiently(() => planWindows(scene.at(day)))).toMatchObject({ rows: 0 });
    expect(await patiently(() => planOlderIfDue(scene.at(day)))).toEqual({ rows: 2, more: false });
    expect(await patiently(() => planOlderIfDue(scene.at(day)))).toEqual({ rows: 0, more: false });
    await compare(day);
    const found = await differences();
    expect(found).toMatchObject([{ class: "late", day: "2026-10-06", ledger: "10" }]);
    expect(found[0]?.reason).toMatch(/^10 in 2 hours of acme\. .*too old for the meter/);
    expect(found[0]?.owner).toBe((await asAdmin<{ by: string }>("SELECT created_by AS by FROM billing_meter WHERE tenant_id = $1 LIMIT 1", [scene.tenant.id]))[0]?.by);
    await asAdmin("UPDATE call SET fresh_input_tokens = 0 WHERE tenant_id = $1 AND fresh_input_tokens IN (9, 1)", [scene.tenant.id]);
    await asAdmin("INSERT INTO rollup_dirty (tenant_id, hour, marked_at) VALUES ($1, '2026-10-06T10:00:00Z', $2), ($1, '2026-10-06T11:00:00Z', $2)", [scene.tenant.id, at("12-06T07:00:00")]);
    await scenes.roll(scene.tenant, at("12-06T07:00:00"));
    expect(await patiently(() => planOlderIfDue(scene.at(at("12-06T07:00:00"))))).toMatchObject({ rows: 2 });
    await compare(at("12-06T08:00:00"));
    expect(await differences()).toEqual([]);
  });
}); // prettier-ignore

describe("a try whose outcome nobody knows", () => {
  it("is never repeated blindly once Stripe may have forgotten its name", async () => {
    await store([call("10-31T10:30:00", 500, "0")], at("11-01T06:00:00"));
    await fake.told(account, { set: { faults: [{ path: "/v1/billing/meter_events", fault: "drop-before", times: 2 }] } });
    await send(at("11-01T06:10:00"));
    const posts = ({ heard }: FakeState) => heard.filter(({ path }) => path === "/v1/billing/meter_events").length;
    const before = await fake.told(account);
    expect(before.heard.at(-1)?.status).toBe("drop-before");
    // Nothing asks Stripe's sums in between: nobody can tell that it was not counted, so sending alone must not repeat it.
    for (const when of ["11-02T02:11:00", "11-02T07:00:00", "11-05T00:00:00"]) {
      const after = await send(at(when));
      expect([when, posts(after), after.events.length]).toEqual([when, posts(before), 0]);
    }
    expect(await asAdmin("SELECT state FROM billing_export WHERE tenant_id = $1", [scene.tenant.id])).toEqual([{ state: "unknown" }]);
  });
}); // prettier-ignore

describe("what Stripe's subscriptions say", () => {
  const unix = (text: string) => at(text).getTime() / 1_000;
  const sub = (id: string, customer: string, more: object = {}) => ({ id, customer, created: unix("03-01T00:00:00"), amount: 12_000, interval: "year" as const, ...more }); // prettier-ignore

  it("is read once a day and when somebody is mapped, and a failure is shown without losing what was read", async () => {
    await fake.told(account, {
      set: {
        coupons: [{ id: "half", percent_off: 50, amount_off: null, currency: null, duration: "forever" }],
        subscriptions: [
          sub("sub_1", "cus_a", { quantity: 3, discounts: [{ coupon: "half", start: 0, end: null }] }),
          sub("sub_2", "cus_a", { status: "trialing" }),
          ...Array.from({ length: 120 }, (_, n) => sub(`sub_old${String(n)}`, "cus_x", { status: "canceled", endedAt: unix("05-01T00:00:00") })),
          sub("sub_3", "cus_b", { currency: "eur" }),
          sub("sub_4", "cus_x", { interval: "week", amount: 8_400 }),
        ],
      },
    });
    const ctx = (when: string) => scene.at(at(when));
    expect(await readRevenueIfDue(ctx("11-02T00:00:00"))).toEqual({ accounts: 2, unknown: 1 });
    expect(await showRevenue(ctx("11-02T00:00:00"))).toMatchObject({
      mode: "test",
      counts: false,
      failure: null,
      totalUsd: "15",
      accounts: [
        { accountId: "acme", mrrUsd: "15", subscriptions: 1, trialing: 1, notes: ["sub_2 is on trial and brings in nothing yet."] },
        { accountId: "beta", mrrUsd: null, notes: ["sub_3 is in EUR, which is not converted to USD."] },
      ],
      unmapped: { customers: 1, mrrUsd: "365" },
    });
    expect(await readRevenueIfDue(ctx("11-02T23:59:59"))).toBeNull();
    await fake.told(account, { set: { faults: [{ path: "/v1/subscriptions", fault: "500", times: 1 }] } });
    expect(await readRevenueIfDue(ctx("11-03T00:00:00"))).toBeNull();
    expect(await showRevenue(ctx("11-03T00:00:00"))).toMatchObject({ failure: "Stripe has a problem of its own: status 500.", totalUsd: "15" });
    expect(await readRevenueIfDue(ctx("11-03T00:59:59"))).toBeNull();
    expect(await readRevenueIfDue(ctx("11-03T01:00:00"))).toEqual({ accounts: 2, unknown: 1 });
    await asAdmin("UPDATE billing_customer SET mapped_at = $2 WHERE tenant_id = $1 AND account_id = 'beta'", [scene.tenant.id, at("11-03T02:00:00")]);
    expect(await readRevenueIfDue(ctx("11-03T02:10:00"))).toEqual({ accounts: 2, unknown: 1 });
  });

  it("suggests customers for accounts without one, and maps nobody", async () => {
    await store([call("11-01T10:30:00", 5, "0.25", "northwind"), call("11-01T10:30:00", 5, "0.5", "zeta"), call("11-01T10:30:00", 5, "0.75", "org_7")], at("11-01T12:00:00"));
    const [a, b] = customers("cus_a", "cus_b");
    await fake.told(account, { set: { customers: [a, b, { id: "cus_n", name: "Northwind, Inc.", metadata: {} }, { id: "cus_o", name: "?", email: "x@y.io", metadata: { tokenledger: "org_7" } }].flatMap((one) => one ?? []) } });
    const { suggestions, complete } = await suggestMappings(scene.at(at("11-02T00:00:00")));
    expect(suggestions.map(({ accountId, customerId, reason, costUsd }) => [accountId, customerId, reason, Number(costUsd)])).toEqual([
      ["org_7", "cus_o", "metadata", 0.75],
      ["northwind", "cus_n", "name", 0.25],
    ]);
    expect(complete).toBe(true);
    expect(await asAdmin("SELECT account_id FROM billing_customer WHERE tenant_id = $1 ORDER BY 1", [scene.tenant.id])).toEqual([{ account_id: "acme" }, { account_id: "beta" }]);
  });
}); // prettier-ignore
