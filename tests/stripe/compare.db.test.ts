import { afterAll, beforeAll, expect, it } from "vitest";
import type { FakeState, FakeStripe } from "./fake";
import type { Scene } from "./scene";

const { accountName, startFakeStripe } = await import("./fake");
const fake: FakeStripe = await startFakeStripe();
process.env.STRIPE_API_URL = fake.url;
const scenes = await import("./scene");
const { asAdmin } = await import("../factories/tenant");
const { compareBilling } = await import("@/server/billing/compare");
const { planWindows } = await import("@/server/billing/plan-windows");
const { sendReady } = await import("@/server/billing/send-ready");
const { patiently } = await import("./patiently");
afterAll(() => fake.close());

const account = accountName(1);
const { dayMs, hourMs } = scenes;
const start = new Date("2026-10-20T00:00:00Z");
const days = 30;
/** The hour of a day in which both accounts are busy; on the last day of October the month's last one. */
const hourOf = (day: number) => new Date(start.getTime() + day * dayMs + (day === 11 ? 23 : 9) * hourMs);
const evening = (day: number) => new Date(start.getTime() + (day + 1) * dayMs + 8 * hourMs);
let scene: Scene;

interface Found extends Record<string, unknown> {
  class: string;
  customer_id: string;
  day: string;
  exported: string | null;
  billed: string | null;
  reason: string;
}
const open = () =>
  asAdmin<Found>(
    "SELECT class, customer_id, to_char(day, 'YYYY-MM-DD') AS day, exported::text, billed::text, reason FROM billing_difference WHERE tenant_id = $1 AND resolved_at IS NULL ORDER BY day, class",
    [scene.tenant.id],
  );

beforeAll(async () => {
  scene = await scenes.makeScene(fake, account, start, start);
  await asAdmin("UPDATE billing_meter SET unit_amount = 0.002 WHERE tenant_id = $1 AND id = $2", [scene.tenant.id, scene.meters.tokens]); // prettier-ignore
  await fake.told(account, {
    set: { lagMs: 2 * hourMs, prices: [{ id: "price_tokens", meter: "mtr_tokens" }] },
  });
});

it(`${String(days)} clean days raise no alarm, and everything is confirmed`, async () => {
  let alarms = 0;
  for (let day = 0; day < days; day += 1) {
    const at = new Date(hourOf(day).getTime() + 60_000);
    const made = ["acme", "beta"].map((accountId, n) => ({ accountId, at, tokens: 1_000 + day * 7 + n * 400, costUsd: `0.${String(10 + day)}${String(n + 1)}` })); // prettier-ignore
    await scenes.addCalls(scene.tenant, made, at);
    const now = evening(day);
    await scenes.roll(scene.tenant, now);
    await fake.told(account, { set: { now: now.getTime() } });
    const ctx = scene.at(now);
    while ((await patiently(() => planWindows(ctx))).more);
    while ((await patiently(() => sendReady(ctx))).waitMs === 0);
    // The provider's sums lag behind what was sent just now: that is no difference yet.
    alarms += (await patiently(() => compareBilling(ctx))).differences;
  }
  const end = scene.at(new Date(evening(days).getTime()));
  await fake.told(account, { set: { now: end.now.getTime() } });
  const { differences } = await patiently(() => compareBilling(end));
  expect({ alarms, differences, open: await open() }).toEqual({ alarms: 0, differences: 0, open: [] });
  const states = await asAdmin("SELECT state, count(*)::int AS rows FROM billing_export WHERE tenant_id = $1 GROUP BY 1", [scene.tenant.id]); // prettier-ignore
  expect(states).toEqual([{ state: "confirmed", rows: days * 4 }]);
}, 240_000);

/** The event of an account's tokens of that day, at the fake. */
function eventOf(state: FakeState, day: number, customer: string) {
  const at = Math.floor(hourOf(day).getTime() / 1_000);
  const found = state.events.find(
    ({ event_name: name, payload, timestamp }) =>
      name === "llm_tokens" &&
      payload.stripe_customer_id === customer &&
      timestamp >= at &&
      timestamp < at + 3_600,
  );
  if (!found) throw new Error(`No event of day ${String(day)}`);
  return found;
}
const valueOf = (day: number, n = 0) => String(1_000 + day * 7 + n * 400);

it("names 7 of 7 planted faults, each with its customer, day and amounts, and nothing else", async () => {
  const clean = await fake.told(account);
  const missing = eventOf(clean, 3, "cus_a");
  const doubled = eventOf(clean, 5, "cus_b");
  eventOf(clean, 7, "cus_a").payload.stripe_customer_id = "cus_b";
  eventOf(clean, 11, "cus_a").timestamp += 2 * 3_600;
  eventOf(clean, 14, "cus_b").payload.value = String(Number(valueOf(14, 1)) + 1);
  const events = [...clean.events.filter((event) => event !== missing), { ...doubled, identifier: "again" }];
  const unix = (at: Date) => at.getTime() / 1_000;
  const line = {
    id: "il_1",
    price: "price_tokens",
    quantity: valueOf(20),
    unit_amount: "0.003",
    amount: Math.round(Number(valueOf(20)) * 0.003),
    from: unix(new Date("2026-11-09T00:00:00Z")),
    to: unix(new Date("2026-11-10T00:00:00Z")),
  };
  const created = unix(new Date("2026-11-10T00:00:00Z"));
  await fake.told(account, {
    set: {
      events,
      invoices: [{ id: "in_1", customer: "cus_a", status: "open", created, lines: [line] }],
      meters: clean.meters.map((meter) => (meter.id === "mtr_cost" ? { ...meter, status: "inactive" } : meter)),
    },
  });
  // The days were confirmed before: a fault of later days is found all the same.
  const now = new Date(evening(days).getTime() + hourMs);
  await patiently(() => compareBilling(scene.at(now)));
  const found = await open();
  expect(found.map(({ class: name, customer_id: customer, day, exported, billed }) => [name, customer, day, exported, billed])).toEqual([
    ["missing", "cus_a", "2026-10-23", valueOf(3), "0"],
    ["doubled", "cus_b", "2026-10-25", valueOf(5, 1), String(2 * Number(valueOf(5, 1)))],
    ["wrong_customer", "cus_a", "2026-10-27", valueOf(7), "0"],
    ["wrong_month", "cus_a", "2026-10-31", valueOf(11), "0"],
    ["amount", "cus_b", "2026-11-03", valueOf(14, 1), String(Number(valueOf(14, 1)) + 1)],
    ["price_mismatch", "cus_a", "2026-11-09", "2", "3"],
    ["unknown_meter", "", now.toISOString().slice(0, 10), null, null],
  ]); // prettier-ignore
  // And once they are mended, nothing is left of them.
  await fake.told(account, { set: { events: (await mended(clean, missing)).events, invoices: [], meters: clean.meters } });
  await patiently(() => compareBilling(scene.at(new Date(now.getTime() + hourMs))));
  expect(await open()).toEqual([]);
  console.info(`stripe: 7 of 7 planted faults named, 0 false alarms in ${String(days)} clean days`);
}, 120_000); // prettier-ignore

/** The account as it was before the faults. */
async function mended(state: FakeState, missing: FakeState["events"][number]): Promise<FakeState> {
  eventOf(state, 7, "cus_b");
  for (const event of state.events) {
    if (event.payload.value === valueOf(7)) event.payload.stripe_customer_id = "cus_a";
    if (event.payload.value === valueOf(11)) event.timestamp -= 2 * 3_600;
    if (event.payload.value === String(Number(valueOf(14, 1)) + 1)) event.payload.value = valueOf(14, 1);
  }
  expect(state.events).toContain(missing);
  return Promise.resolve(state);
}
