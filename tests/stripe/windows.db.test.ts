import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FakeStripe } from "./fake";
import type { Scene } from "./scene";

const { accountName, keyOf, startFakeStripe } = await import("./fake");
const fake: FakeStripe = await startFakeStripe();
process.env.STRIPE_API_URL = fake.url;
const scenes = await import("./scene");
const { asAdmin, contextOf, makeTenant, personWith } = await import("../factories/tenant");
const { askSum } = await import("@/server/billing/ask-sum");
const { compareBilling } = await import("@/server/billing/compare");
const { listDifferences } = await import("@/server/billing/list-differences");
const { listProviderMeters } = await import("@/server/billing/list-provider-meters");
const { listWindows } = await import("@/server/billing/list-windows");
const { planWindows } = await import("@/server/billing/plan-windows");
const { runNow } = await import("@/server/billing/run-now");
const { sendReady } = await import("@/server/billing/send-ready");
const { showBilling } = await import("@/server/billing/show");
const { showWindow } = await import("@/server/billing/show-window");
const { sumWindows } = await import("@/server/billing/sum-windows");
const { csvOf } = await import("@/server/analytics/tables/csv");
const { billingWindowsTable } = await import("@/server/analytics/tables/billing-windows");
const { patiently } = await import("./patiently");
afterAll(() => fake.close());

const account = accountName(7);
const { dayMs, hourMs } = scenes;
const start = new Date("2026-10-30T00:00:00Z");
const now = new Date("2026-11-02T12:00:00Z");
let scene: Scene;

/** Five hours of acme around the end of October, one of beta in November. */
const hours = [20, 22, 23, 24, 30].map((hour) => new Date(start.getTime() + dayMs + hour * hourMs));
const drain = async (at: Date) => {
  const ctx = scene.at(at);
  while ((await patiently(() => planWindows(ctx))).more);
  while ((await patiently(() => sendReady(ctx))).waitMs === 0);
};

beforeAll(async () => {
  scene = await scenes.makeScene(fake, account, start, start);
  const made = hours.map((hour, n) => ({
    accountId: "acme",
    at: new Date(hour.getTime() + 60_000),
    tokens: 100 + n,
    costUsd: "0.5",
  }));
  await scenes.addCalls(
    scene.tenant,
    [...made, { accountId: "beta", at: made[4]?.at ?? now, tokens: 7, costUsd: "0.25" }],
    now,
  );
  await scenes.roll(scene.tenant, now);
  await fake.told(account, { set: { now: now.getTime() } });
  await drain(now);
});

describe("hours of accounts", () => {
  it("come newest first, page by page, each once", async () => {
    const ctx = scene.at(now);
    const all = (await listWindows(ctx, { limit: 200 })).rows;
    expect(all).toHaveLength(12);
    expect(all.map(({ windowStart }) => windowStart.getTime())).toEqual(all.map(({ windowStart }) => windowStart.getTime()).toSorted((one, other) => other - one)); // prettier-ignore
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listWindows(ctx, { limit: 5, ...(cursor !== undefined && { cursor }) });
      paged.push(...page.rows.map(({ id }) => id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all.map(({ id }) => id));
  });

  it("are narrowed by account, meter, state and the month in which Stripe bills them", async () => {
    const ctx = scene.at(now);
    const rows = async (input: Parameters<typeof listWindows>[1]) => (await listWindows(ctx, input)).rows;
    expect(await rows({ accountId: "beta" })).toHaveLength(2);
    expect(await rows({ meterId: scene.meters.tokens })).toHaveLength(6);
    expect(await rows({ state: "sent" })).toHaveLength(12);
    expect(await rows({ state: "refused" })).toEqual([]);
    // The hour before midnight is still October's; midnight itself is not.
    const october = await rows({ accountId: "acme", meterId: scene.meters.tokens, month: "2026-10" });
    expect(october.map(({ total }) => total)).toEqual(["102", "101", "100"]);
    expect(await rows({ accountId: "acme", meterId: scene.meters.tokens, month: "2026-11" })).toHaveLength(2);
  });

  it("sum up to what the ledger holds, meter by meter", async () => {
    const sums = await sumWindows(scene.at(now), {});
    // Both were added at one instant, so that either may come first.
    expect(new Map(sums?.meters.map(({ measure, states }) => [measure, states]))).toEqual(
      new Map([
        ["tokens", [{ state: "sent", rows: 6, value: "517" }]],
        ["cost_micro_usd", [{ state: "sent", rows: 6, value: "2750000" }]],
      ]),
    );
    const october = await sumWindows(scene.at(now), { month: "2026-10", meterId: scene.meters.tokens });
    expect(october?.meters.map(({ states }) => states)).toEqual([[{ state: "sent", rows: 3, value: "303" }]]);
  });

  it("are a file with every one of them", async () => {
    const table = billingWindowsTable.open(scene.at(now), { month: "2026-10" });
    const { body, from, to } = await csvOf(table, { bom: false, onError: (error) => { throw error; } }); // prettier-ignore
    const lines = (await new Response(body).text()).trim().split("\n");
    expect([lines.length - 1, from, to]).toEqual([6, "2026-10-01T00:00:00.000Z", "2026-11-01T00:00:00.000Z"]);
    expect(lines[0]).toContain("windowStart,accountId,customerId,meterId,total,delivered,state");
  });
});

describe("the story of an hour", () => {
  const first = async () => {
    const [row] = (await listWindows(scene.at(now), { accountId: "beta", meterId: scene.meters.tokens }))
      .rows;
    if (!row) throw new Error("The hour is missing.");
    return row;
  };

  it("tells a correction beside the first, and what is next", async () => {
    const { id, windowStart } = await first();
    const later = new Date(now.getTime() + hourMs);
    await scenes.addCalls(scene.tenant, [{ accountId: "beta", at: new Date(windowStart.getTime() + 120_000), tokens: 3, costUsd: "0" }], later); // prettier-ignore
    await scenes.roll(scene.tenant, later);
    await fake.told(account, { set: { now: later.getTime(), faults: [{ path: "/v1/billing/meter_events", fault: "refuse", times: 1 }] } }); // prettier-ignore
    await drain(later);
    const story = await showWindow(scene.at(later), { id });
    expect(story).toMatchObject({ accountId: "beta", customerId: "cus_b", state: "refused", total: "10", isConnected: true, mode: "test" }); // prettier-ignore
    expect(story.revisions.map(({ revision, value, state, attempts, next }) => [revision, value, state, attempts, next?.step])).toEqual([
      [1, "7", "sent", 1, "compare"],
      [2, "3", "refused", 1, "retry"],
    ]); // prettier-ignore
    expect(story.revisions[1]?.failure).toContain("Refused on purpose.");
    const [row] = (await listWindows(scene.at(later), { state: "refused" })).rows;
    expect(row).toMatchObject({ id, revisions: 2, total: "10", delivered: "7", state: "refused" });
  });

  it("holds what differs on that day, and the list counts it by class", async () => {
    const evening = new Date(now.getTime() + 9 * hourMs);
    await fake.told(account, { set: { now: evening.getTime() } });
    await patiently(() => compareBilling(scene.at(evening)));
    const { id } = await first();
    const story = await showWindow(scene.at(evening), { id });
    expect(story.differences.map(({ class: name, ledger }) => [name, ledger])).toEqual([["refused", "3"]]);
    expect((await sumWindows(scene.at(evening), {}))?.differences).toEqual([{ class: "refused", count: 1 }]);
    expect((await sumWindows(scene.at(evening), { month: "2026-10" }))?.differences).toEqual([]);
    const found = await listDifferences(scene.at(evening), { accountId: "beta", class: "refused" });
    expect(found.rows.map(({ accountIds, customerId }) => [accountIds, customerId])).toEqual([[["beta"], "cus_b"]]); // prettier-ignore
    expect((await listDifferences(scene.at(evening), { accountId: "acme" })).rows).toEqual([]);
  });

  it("asks Stripe itself for its sum, and says so where Stripe does not answer", async () => {
    const { id } = await first();
    const asked = await askSum(scene.at(now), { id });
    expect([asked.billed, asked.accepted]).toEqual(["7", "7"]);
    await fake.told(account, { set: { faults: [{ path: "/v1/billing/meters/mtr_tokens/event_summaries", fault: "drop-before", times: 5 }] } }); // prettier-ignore
    await expect(askSum(scene.at(now), { id })).rejects.toMatchObject({ code: "UNAVAILABLE" });
    await fake.told(account, { set: { faults: [], revoked: true } });
    await expect(askSum(scene.at(now), { id })).rejects.toMatchObject({ code: "CONFLICT" });
    await fake.told(account, { set: { revoked: false } });
  });

  it("is no other tenant's", async () => {
    const { id } = await first();
    const other = contextOf(await makeTenant(), personWith("owner"), now);
    await expect(showWindow(other, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(askSum(other, { id })).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await listWindows(other, {})).toEqual({ rows: [], nextCursor: null });
  });
});

it("a run that somebody asks for compares, tries a refused key again, and is kept in the trace", async () => {
  const ctx = contextOf(scene.tenant, personWith("owner"), now);
  await asAdmin("UPDATE billing_connection SET state = 'failing', not_before = $2, compared_at = $2 WHERE tenant_id = $1", [scene.tenant.id, new Date(now.getTime() + hourMs)]); // prettier-ignore
  await runNow(ctx);
  expect((await showBilling(ctx))?.connection).toMatchObject({ comparedAt: null, notBefore: null, state: "failing" }); // prettier-ignore
  expect(ctx.emitted).toContainEqual({
    name: "billing/export-requested",
    data: { tenantId: scene.tenant.id },
  });
  const trace = await asAdmin("SELECT action FROM audit_event WHERE tenant_id = $1 AND action = 'billing.run-requested'", [scene.tenant.id]); // prettier-ignore
  expect(trace).toHaveLength(1);
  await expect(runNow(contextOf(await makeTenant(), personWith("owner"), now))).rejects.toMatchObject({ code: "CONFLICT" }); // prettier-ignore
  await expect(runNow(contextOf(scene.tenant, personWith("viewer"), now))).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
});

it("names the meters that Stripe has, to choose from", async () => {
  expect(keyOf(account)).toContain(account);
  expect((await listProviderMeters(scene.at(now))).map(({ id, active, isSum }) => [id, active, isSum])).toEqual([
    ["mtr_tokens", true, true],
    ["mtr_cost", true, true],
  ]); // prettier-ignore
});
