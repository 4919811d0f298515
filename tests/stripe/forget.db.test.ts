import { afterAll, beforeEach, expect, it } from "vitest";
import type { FakeState, FakeStripe } from "./fake";
import type { Scene } from "./scene";

const { accountName, startFakeStripe } = await import("./fake");
const fake: FakeStripe = await startFakeStripe();
process.env.STRIPE_API_URL = fake.url;
const scenes = await import("./scene");
const { asAdmin, contextOf, system } = await import("../factories/tenant");
const { planWindows } = await import("@/server/billing/plan-windows");
const { renameInBilling } = await import("@/server/billing/rename");
const { sendReady } = await import("@/server/billing/send-ready");
const { advanceErasure } = await import("@/server/privacy/advance-erasure");
const { eraseUser } = await import("@/server/privacy/erase-user");
const { patiently } = await import("./patiently");
afterAll(() => fake.close());

const at = (text: string) => new Date(`2026-${text}Z`);
let scene: Scene;
let account: string;
let serial = 0;
beforeEach(async () => {
  account = accountName((serial += 1));
  scene = await scenes.makeScene(fake, account, at("11-01T00:00:00"), at("10-20T00:00:00"));
});

async function store(id: string, accountId: string, tokens: number, when: Date): Promise<void> {
  await scenes.addCalls(
    scene.tenant,
    [{ id, accountId, at: at("10-21T10:30:00"), tokens, costUsd: "0.25" }],
    when,
  );
  await scenes.roll(scene.tenant, when);
}
async function send(when: Date): Promise<FakeState> {
  await fake.told(account, { set: { now: when.getTime() } });
  while ((await patiently(() => planWindows(scene.at(when)))).more);
  while ((await patiently(() => sendReady(scene.at(when)))).waitMs === 0);
  return fake.told(account);
}
const billed = ({ events }: FakeState, customer: string) =>
  events
    .filter(({ event_name, payload }) => event_name === "llm_tokens" && payload.stripe_customer_id === customer)
    .reduce((sum, { payload }) => sum + Number(payload.value), 0); // prettier-ignore
const job = (when: Date) => contextOf(scene.tenant, system, when);

it("goes on billing whoever is forgotten to the same customer, and takes nothing back", async () => {
  await store("one", "acme", 500, at("11-01T06:00:00"));
  const before = await send(at("11-01T06:10:00"));
  expect(billed(before, "cus_a")).toBe(500);

  const now = at("11-01T07:00:00");
  const { alias } = await eraseUser(scene.at(now), { userId: "acme", confirm: "acme" });
  while ((await advanceErasure(job(now))).more);
  await scenes.roll(scene.tenant, now);
  const after = await send(at("11-01T08:00:00"));
  expect(after.events.length).toBe(before.events.length);

  // What comes late for them is billed, too.
  await store("late", alias, 70, at("11-01T09:00:00"));
  expect(billed(await send(at("11-01T09:10:00")), "cus_a")).toBe(570);
  const left = await asAdmin<{ n: number }>(
    `SELECT ((SELECT count(*) FROM billing_export WHERE tenant_id = $1 AND account_id = 'acme')
       + (SELECT count(*) FROM billing_customer WHERE tenant_id = $1 AND (account_id = 'acme' OR name = 'acme')))::int AS n`,
    [scene.tenant.id],
  );
  expect(left).toEqual([{ n: 0 }]);
});

it("adds up the hours of two names that are one person's", async () => {
  await store("one", "acme", 500, at("11-01T06:00:00"));
  await store("two", "beta", 30, at("11-01T06:05:00"));
  await send(at("11-01T06:10:00"));
  const ctx = job(at("11-01T07:00:00"));
  await ctx.db.rollup((db) => renameInBilling(db, ctx, { ids: ["acme"], alias: "beta" }));
  const rows = await asAdmin(
    "SELECT account_id, revision, value::int, total::int FROM billing_export WHERE tenant_id = $1 AND meter_id = $2 ORDER BY revision",
    [scene.tenant.id, scene.meters.tokens],
  );
  expect(rows).toEqual([
    { account_id: "beta", revision: 1, value: 30, total: 30 },
    { account_id: "beta", revision: 2, value: 500, total: 530 },
  ]);
});
