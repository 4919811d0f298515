import Stripe from "stripe";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import type { FakeStripe } from "./fake";
import type { Scene } from "./scene";

vi.mock("@/server/clients/events", () => ({ sendEvent: () => Promise.resolve() }));
const { accountName, startFakeStripe } = await import("./fake");
const fake: FakeStripe = await startFakeStripe();
process.env.STRIPE_API_URL = fake.url;
const { POST } = await import("@/app/api/webhooks/stripe/[tenant]/route");
const scenes = await import("./scene");
const { asAdmin } = await import("../factories/tenant");
const { planWindows } = await import("@/server/billing/plan-windows");
const { processBillingEvents } = await import("@/server/billing/process-events");
const { sendReady } = await import("@/server/billing/send-ready");
const { patiently } = await import("./patiently");
afterAll(() => fake.close());

const account = accountName(1);
const secret = "whsec_0123456789abcdef";
const start = new Date("2026-11-20T00:00:00Z");
const now = new Date("2026-11-20T12:00:00Z");
let scene: Scene;
let reports: string[];

beforeAll(async () => {
  scene = await scenes.makeScene(fake, account, now, start);
  const calls = [1, 2, 3].map((hour) => ({ accountId: "acme", at: new Date(start.getTime() + hour * scenes.hourMs), tokens: hour * 10, costUsd: "0.5" })); // prettier-ignore
  await scenes.addCalls(scene.tenant, calls, now);
  await scenes.roll(scene.tenant, now);
  // The customer vanishes between our list and Stripe's check: everything is accepted, and refused afterwards.
  await fake.told(account, { set: { customers: [] } });
  const ctx = scene.at(now);
  while ((await patiently(() => planWindows(ctx))).more);
  while ((await patiently(() => sendReady(ctx))).waitMs === 0);
  reports = (await fake.told(account, { report: { since: 0 } })).reported;
}, 60_000);
beforeEach(() => forget());

/** As before any notification: everything accepted. */
async function forget(): Promise<void> {
  await asAdmin("DELETE FROM billing_event WHERE tenant_id = $1", [scene.tenant.id]);
  await asAdmin("UPDATE billing_export SET state = 'sent', failure = NULL, failure_code = NULL, settled_at = NULL WHERE tenant_id = $1", [scene.tenant.id]); // prettier-ignore
}

const thin = (id: string, type = "v1.billing.meter.error_report_triggered", livemode = false) =>
  JSON.stringify({
    id,
    object: "v2.core.event",
    type,
    livemode,
    created: now.toISOString(),
    related_object: null,
  });
const snapshot = (id: string, type: string) =>
  JSON.stringify({ id, object: "event", api_version: "2026-10-28.endive", type, livemode: false, created: 1, data: { object: { id: "in_1", object: "invoice" } } }); // prettier-ignore
const signed = (payload: string, { age = 0, by = secret } = {}) =>
  Stripe.webhooks.generateTestHeaderString({
    payload,
    secret: by,
    timestamp: Math.floor(Date.now() / 1_000) - age,
  });
const post = async (body: string, signature: string | null, tenant = scene.tenant.slug) => {
  const headers: Record<string, string> = signature === null ? {} : { "stripe-signature": signature };
  const request = new Request(`http://localhost:3000/api/webhooks/stripe/${tenant}`, {
    method: "POST",
    body,
    headers,
  });
  return (await POST(request, { params: Promise.resolve({ tenant }) })).status;
};
const work = () => patiently(() => processBillingEvents(scene.at(now)));
const stored = () => asAdmin("SELECT event_id, state FROM billing_event WHERE tenant_id = $1 ORDER BY 1", [scene.tenant.id]); // prettier-ignore
const rows = () => asAdmin("SELECT identifier, state, failure_code FROM billing_export WHERE tenant_id = $1 ORDER BY 1", [scene.tenant.id]); // prettier-ignore
const refusedRows = async () => (await rows()).filter(({ state }) => state === "refused").length;

it("refuses what is forged, re-serialised, unsigned, too old, or for a tenant that is not there, alike", async () => {
  const body = thin("evt_test_1");
  const other = await scenes.makeScene(fake, accountName(2), now, start);
  await asAdmin("UPDATE billing_connection SET webhook_secret = NULL WHERE tenant_id = $1", [
    other.tenant.id,
  ]);
  expect([
    await post(body, signed(body, { by: "whsec_another0000000" })),
    await post(JSON.stringify(JSON.parse(body), null, 2), signed(body)),
    await post(body, null),
    await post(body, "t=1,v1=00"),
    await post(body, signed(body, { age: 301 })),
    await post(body, signed(body), "nobody-at-all"),
    await post(body, signed(body), other.tenant.slug),
  ]).toEqual([400, 400, 400, 400, 400, 400, 400]);
  expect(await stored()).toEqual([]);
  expect(await post(body, signed(body, { age: 290 }))).toBe(200);
});

it("refuses an event of the other mode, and what is no event", async () => {
  const live = thin("evt_test_2", undefined, true);
  expect([await post(live, signed(live)), await post("[]", signed("[]")), await post("no", signed("no"))]).toEqual([400, 400, 400]); // prettier-ignore
  expect(await stored()).toEqual([]);
});

it("takes an event that comes ten times once, and its effect once", async () => {
  const body = thin(reports[0] ?? "");
  const answers = await Promise.all(Array.from({ length: 10 }, () => patientPost(body)));
  expect(answers).toEqual(Array.from({ length: 10 }, () => 200));
  const first = await work();
  expect(first.done).toBe(1);
  // Of three refused rows the report names two: a sample is all that it holds, and the comparison finds the rest.
  expect(first.refused).toBe(2);
  expect(await post(body, signed(body))).toBe(200);
  expect(await work()).toEqual({ done: 0, refused: 0 });
  expect(await stored()).toEqual([{ event_id: reports[0], state: "done" }]);
  const [connection] = await asAdmin("SELECT compared_at FROM billing_connection WHERE tenant_id = $1", [scene.tenant.id]); // prettier-ignore
  expect(connection).toEqual({ compared_at: null });
});

/** Ten at once on a busy machine may meet a pool that is empty for a moment; Stripe then comes again. */
async function patientPost(body: string): Promise<number> {
  for (let left = 20; ; left -= 1) {
    const status = await post(body, signed(body));
    if (status !== 503 || left === 0) return status;
  }
}

it("acknowledges types that it does not know and does nothing", async () => {
  const body = snapshot("evt_1unknown", "issuing_card.created");
  expect(await post(body, signed(body))).toBe(200);
  expect(await work()).toEqual({ done: 1, refused: 0 });
  expect(await refusedRows()).toBe(0);
});

function permutations<T>(of: readonly T[]): T[][] {
  if (of.length < 2) return [[...of]];
  return of.flatMap((one, at) => permutations(of.toSpliced(at, 1)).map((rest) => [one, ...rest]));
}

it("ends in the same state whatever the order of four events", async () => {
  expect(reports.length).toBe(2);
  const bodies = [
    thin(reports[0] ?? ""),
    thin(reports[1] ?? ""),
    thin("evt_test_absent"),
    snapshot("evt_1invoice", "invoice.created"),
  ];
  const ends = new Set<string>();
  const orders = permutations(bodies);
  for (const order of orders) {
    await forget();
    for (const body of order) {
      expect(await patientPost(body)).toBe(200);
      await work();
    }
    ends.add(JSON.stringify([await rows(), await stored()]));
  }
  expect(orders.length).toBe(24);
  expect(ends.size).toBe(1);
  expect(await refusedRows()).toBe(4);
  console.info(`stripe: ${String(orders.length)} orders of 4 notifications end in one state`);
}, 60_000);
