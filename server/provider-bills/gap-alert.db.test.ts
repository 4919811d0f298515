import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { bookedOf, callsOf, daysOf, openAiWork, type Work } from "@/tests/factories/bill-story";
import { makeBillState } from "@/tests/mocks/bill-fake";
import { setEnvironment } from "@/tests/mocks/environment";
import { startFakeOpenAiCosts } from "@/tests/mocks/openai-costs";

setEnvironment({ ALLOW_PRIVATE_SOURCES: "on" });
const { evaluate } = await import("@/server/alerts/evaluate");
const { recordCalls } = await import("@/server/calls/record");
const { rollUp } = await import("@/server/rollups/roll-up");
const { systemContext } = await import("@/server/system-context");
const { compareRead } = await import("./compare-read");
const { connectBill } = await import("./connect");
const { pullBill } = await import("./pull");
const { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } =
  await import("@/tests/factories/tenant");
type Tenant = Awaited<ReturnType<typeof makeTenant>>;

const fake = await startFakeOpenAiCosts("sk-admin-canary");
afterAll(() => fake.close());
const start = new Date("2026-11-03T06:00:00Z");
const at = (days: number) => new Date(start.getTime() + days * 86_400_000);
const work = openAiWork(daysOf("2026-10-01", 31));
const ofJobs = work.filter(({ workspace }) => workspace === "proj_jobs");

beforeAll(() => loadPrices(at(-60)));
beforeEach(() => {
  Object.assign(fake.state, makeBillState(), { usage: work.map(bookedOf) });
});

/** Reads the bill as the job does. */
async function read(tenant: Tenant, connectionId: string, now: Date) {
  const ctx = await systemContext(tenant.id, "test", { now });
  for (let more = true; more;) ({ more } = await pullBill(ctx, { connectionId }));
  return compareRead(ctx, { connectionId });
}
async function story(ledger: readonly Work[]) {
  const tenant = await makeTenant();
  const ctx = contextOf(tenant, system, start);
  const calls = ledger.flatMap(callsOf);
  for (let first = 0; first < calls.length; first += 500)
    await recordCalls(ctx, { calls: calls.slice(first, first + 500) }, { source: "api" });
  while ((await rollUp(contextOf(tenant, system, at(2)))).more);
  const { id } = await connectBill(contextOf(tenant, personWith("admin"), start), { provider: "openai", name: "Org", baseUrl: fake.url, credentials: { adminKey: fake.adminKey } }); // prettier-ignore
  return { tenant, id };
}
const gaps = (tenant: Tenant) =>
  asAdmin("SELECT to_char(month, 'YYYY-MM') AS month, days, bill_usd = ledger_usd AS even FROM bill_gap WHERE tenant_id = $1 ORDER BY month", [tenant.id]); // prettier-ignore
const incidents = (tenant: Tenant) =>
  asAdmin<{ subject: string; state: string; sentence: string }>(
    "SELECT subject_key AS subject, state, details ->> 'sentence' AS sentence FROM incident WHERE tenant_id = $1 AND rule = 'reconciliation-gap'",
    [tenant.id],
  );
const judge = (tenant: Tenant, now: Date) => evaluate(contextOf(tenant, system, now), "daily");

it("a bill that says more than the ledger is an incident of its provider, once days are final", async () => {
  const { tenant, id } = await story(ofJobs);
  expect(await read(tenant, id, start)).toEqual({ months: ["2026-09", "2026-10", "2026-11"] });
  await judge(tenant, at(1));
  expect(await incidents(tenant)).toEqual([]);
  await read(tenant, id, at(2));
  expect(await gaps(tenant)).toMatchObject([{ month: "2026-10", days: 31, even: false }, { month: "2026-11" }]); // prettier-ignore
  await judge(tenant, at(2));
  expect(await incidents(tenant)).toMatchObject([{ subject: "openai", state: "open" }]);
  expect((await incidents(tenant))[0]?.sentence).toMatch(
    /more than the ledger holds\. Most of it: calls that the ledger lacks/,
  );
});

it("a bill that agrees is none, and one whose connection is gone is compared with nothing", async () => {
  const { tenant, id } = await story(work);
  await read(tenant, id, start);
  await read(tenant, id, at(2));
  expect(await gaps(tenant)).toMatchObject([{ month: "2026-10", days: 31, even: true }, { month: "2026-11" }]); // prettier-ignore
  await judge(tenant, at(2));
  expect(await incidents(tenant)).toEqual([]);
  const ctx = await systemContext(tenant.id, "test", { now: at(3) });
  const nobody = "00000000-0000-4000-8000-000000000000";
  expect(await compareRead(ctx, { connectionId: nobody })).toEqual({ months: [] });
});

it("holds the days alone that are still final when the provider changes what it said", async () => {
  const { tenant, id } = await story(work);
  await read(tenant, id, start);
  await read(tenant, id, at(2));
  for (const one of fake.state.usage)
    for (const named of Object.values(one.classes)) named.usd = String(Number(named.usd) * 2);
  await read(tenant, id, at(3));
  // The first of October is too long ago to be read again.
  expect(await gaps(tenant)).toMatchObject([{ month: "2026-10", days: 1, even: true }, { month: "2026-11" }]); // prettier-ignore
});
