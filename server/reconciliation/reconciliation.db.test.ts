import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { callsOf, bookedOf, daysOf, openAiWork, type Work } from "@/tests/factories/bill-story";
import { setEnvironment } from "@/tests/mocks/environment";
import { startFakeOpenAiCosts } from "@/tests/mocks/openai-costs";
import { accountName, customers, keyOf as stripeKeyOf, startFakeStripe, sumMeter } from "@/tests/stripe/fake";

const stripe = await startFakeStripe();
// The fakes stand on this machine, where no provider is.
setEnvironment({ ALLOW_PRIVATE_SOURCES: "on", STRIPE_API_URL: stripe.url });
const openai = await startFakeOpenAiCosts();
afterAll(() => Promise.all([stripe.close(), openai.close()]));

const { addMeter } = await import("@/server/billing/add-meter");
const { compareBilling } = await import("@/server/billing/compare");
const { connectBilling } = await import("@/server/billing/connect");
const { disconnectBilling } = await import("@/server/billing/disconnect");
const { mapAccount } = await import("@/server/billing/map-account");
const { planWindows } = await import("@/server/billing/plan-windows");
const { sendReady } = await import("@/server/billing/send-ready");
const { recordCalls } = await import("@/server/calls/record");
const { closePeriod } = await import("@/server/periods/close");
const { Usd } = await import("@/server/prices/decimal");
const { connectBill } = await import("@/server/provider-bills/connect");
const { pullBill } = await import("@/server/provider-bills/pull");
const { rollUp } = await import("@/server/rollups/roll-up");
const { listAudit } = await import("@/server/audit/list");
const { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } =
  await import("@/tests/factories/tenant");
const { makeMember, makePerson } = await import("@/tests/factories/person");
const { patiently } = await import("@/tests/stripe/patiently");
const { listAccountFigures } = await import("./accounts");
const { assignDifference } = await import("./assign");
const { keyOf } = await import("./difference");
const { reconcileCustomers } = await import("./reconcile-customers");
const { reconcileProviders } = await import("./reconcile-providers");
const { settleDifference } = await import("./settle");
const { unsettleDifference } = await import("./unsettle");
type Tenant = Awaited<ReturnType<typeof makeTenant>>;

const month = "2026-10";
/** With a day on either side, as bills have. */
const days = daysOf("2026-09-30", 33);
const sent = new Date("2026-11-03T06:00:00Z");
const confirmed = new Date("2026-11-03T14:00:00Z");
const closedAt = new Date("2026-11-03T15:00:00Z");
const now = new Date("2026-11-04T09:00:00Z");
const later = new Date("2026-12-02T09:00:00Z");
const accounts = ["acme", "beta", undefined];
const account = accountName(1);

const finance = (tenant: Tenant, at = now) => contextOf(tenant, personWith("finance"), at);
const owner = (tenant: Tenant, at: Date) => contextOf(tenant, personWith("owner"), at);
const job = (tenant: Tenant, at: Date) => contextOf(tenant, system, at);
const roll = async (tenant: Tenant, at: Date) => {
  while ((await rollUp(job(tenant, at))).more);
};

async function keep(tenant: Tenant, calls: readonly object[], at: Date) {
  for (let from = 0; from < calls.length; from += 500) {
    const answer = await recordCalls(job(tenant, at), { calls: calls.slice(from, from + 500) }, { source: "import", anyAge: true }); // prettier-ignore
    expect(answer.rejected).toEqual([]);
  }
  await roll(tenant, at);
}
const calls = (works: readonly Work[]) =>
  works
    .flatMap((work, n) => callsOf(work, n))
    .map((call, n) => ({ ...call, accountId: accounts[n % accounts.length] }));

async function readBill(tenant: Tenant, works: readonly Work[]) {
  openai.state.usage = works.map(bookedOf);
  const { url: baseUrl, adminKey } = openai;
  const input = { provider: "openai" as const, name: "Org", baseUrl, credentials: { adminKey } };
  const { id: connectionId } = await connectBill(contextOf(tenant, personWith("admin"), sent), input);
  // A day that said the same twice is final.
  for (const at of [sent, now])
    for (let step = 0; step < 40; step += 1) {
      const { more, waitSeconds } = await pullBill(job(tenant, at), { connectionId });
      if (!more || waitSeconds !== null) break;
    }
}

async function sendToStripe(tenant: Tenant) {
  const set = { now: sent.getTime(), meters: [sumMeter("mtr_cost", "llm_cost"), sumMeter("mtr_tokens", "llm_tokens")], customers: customers("cus_a", "cus_b") }; // prettier-ignore
  await stripe.told(account, { set });
  await connectBilling(owner(tenant, sent), { apiKey: stripeKeyOf(account), webhookSecret: "whsec_0123456789abcdef" }); // prettier-ignore
  const startsAt = "2026-10-01T00:00:00Z";
  await addMeter(owner(tenant, sent), { providerMeter: "mtr_cost", measure: "cost_micro_usd", startsAt });
  await addMeter(owner(tenant, sent), { providerMeter: "mtr_tokens", measure: "tokens", startsAt });
  await mapAccount(owner(tenant, sent), { accountId: "acme", customerId: "cus_a" });
  await mapAccount(owner(tenant, sent), { accountId: "beta", customerId: "cus_b" });
  const ctx = owner(tenant, sent);
  while ((await patiently(() => planWindows(ctx))).more);
  while ((await patiently(() => sendReady(ctx))).waitMs === 0);
  await compareAt(tenant, confirmed);
}
async function compareAt(tenant: Tenant, at: Date) {
  await stripe.told(account, { set: { now: at.getTime() } });
  await patiently(() => compareBilling(owner(tenant, at)));
}

/** A plan, and final invoices of acme and beta as the statement has them. */
async function invoice(tenant: Tenant) {
  const ids = [tenant.id, "5e000000-0000-4000-8000-000000000001"];
  await asAdmin("INSERT INTO rate_plan (tenant_id, id, name, version, created_by, created_at) VALUES ($1, $2, 'At cost', 1, 'test', now())", ids); // prettier-ignore
  await asAdmin("INSERT INTO rate_plan_version (tenant_id, plan_id, version, terms, created_by, created_at) VALUES ($1, $2, 1, '{}', 'test', now())", ids); // prettier-ignore
  await asAdmin(
    `INSERT INTO invoice (tenant_id, id, month, statement_revision, account_id, state, shape, plan_id, plan_version, calls, cost_usd, unpriced_calls,
       uncharged_calls, uncharged_cost_usd, net_usd, tax_usd, total_usd, customer, issuer, created_by, created_at, computed_at)
     SELECT tenant_id, gen_random_uuid(), month, revision, account_id, 'draft', 1, $2, 1, sum(calls), sum(cost_usd), 0, 0, 0, 0, 0, 0, '{}', '{}', 'test', now(), now()
     FROM statement_line WHERE tenant_id = $1 AND month = '2026-10-01' AND account_id <> '' GROUP BY 1, 3, 4, 5`,
    ids,
  );
  await asAdmin(
    `UPDATE invoice SET state = 'final', number = 'INV-' || account_id, series_year = 2026, series_n = ascii(account_id), issued_on = '2026-11-03',
       due_on = '2026-12-03', finalised_by = 'test', finalised_at = now(), content_hash = repeat('0', 64) WHERE tenant_id = $1`,
    [tenant.id],
  );
}

/** As a superuser, whom no guard of the database holds back. */
const tamper = (sql: string, values: unknown[]) =>
  asAdmin(`SET session_replication_role = replica; ${sql.replace(/\$(\d)/g, (_, n: string) => `'${String(values[Number(n) - 1])}'`)}`); // prettier-ignore

const states = async (tenant: Tenant, at = now) => {
  const { links } = await reconcileCustomers(finance(tenant, at), { month });
  const providers = await reconcileProviders(finance(tenant, at), { month });
  return Object.fromEntries([...links, ...providers.links].map(({ id, state }) => [id, state]));
};
const allEqual = {
  rollup: "equal",
  statement: "equal",
  stripe: "equal",
  invoices: "equal",
  "provider:openai": "equal",
};
async function link(tenant: Tenant, id: string, at = now) {
  const side = id.startsWith("provider:") ? reconcileProviders : reconcileCustomers;
  const found = (await side(finance(tenant, at), { month })).links.find((one) => one.id === id);
  if (!found) throw new Error(`no link ${id}`);
  return found;
}
const told = async (tenant: Tenant, id: string, at = now) =>
  (await link(tenant, id, at)).differences.map(({ cause, subject, amount, unit }) => [
    cause,
    subject,
    amount,
    unit,
  ]);

let tenant: Tenant;
beforeAll(async () => {
  await loadPrices(new Date("2026-09-01T00:00:00Z"));
  tenant = await makeTenant();
  await keep(tenant, calls(openAiWork(days)), sent);
  await readBill(tenant, openAiWork(days));
  await sendToStripe(tenant);
  await closePeriod(finance(tenant, closedAt), { month });
  await invoice(tenant);
}, 240_000);

const plainUsd = async () =>
  (await asAdmin<{ usd: string }>("SELECT trim_scale(sum(cost_usd))::text AS usd FROM call WHERE tenant_id = $1 AND occurred_at >= '2026-10-01T00:00:00Z' AND occurred_at < '2026-11-01T00:00:00Z'", [tenant.id]))[0]?.usd ?? ""; // prettier-ignore

it("of a clean month every figure agrees, to the last decimal", async () => {
  expect(await states(tenant)).toEqual(allEqual);
  const usd = await plainUsd();
  expect(new Usd(usd).gt(10)).toBe(true);
  for (const id of ["rollup", "statement", "invoices", "provider:openai"])
    expect((await link(tenant, id)).figures[0]).toMatchObject({ from: usd, to: usd, difference: "0" });
  const { figures, notes } = await link(tenant, "stripe");
  expect(figures.map(({ name, unit, from, to }) => [name, unit, from === to && from !== "0"])).toEqual([
    ["llm_cost", "cost_micro_usd", true],
    ["llm_tokens", "tokens", true],
  ]);
  expect(notes.join(" ")).toMatch(/test mode: nobody is charged\. Last compared 2026-11-03 14:00 UTC. Calls for [\d.]+ USD are of accounts without a customer/);
  const { rows } = await listAccountFigures(finance(tenant), { month });
  expect(rows.map(({ isOff }) => isOff)).toEqual([false, false, false]);
  expect(rows.reduce((sum, { ledgerUsd }) => sum.plus(ledgerUsd), new Usd(0)).toFixed()).toBe(usd);
}); // prettier-ignore

it("a roll-up that holds something else turns that link alone, with its hour", async () => {
  const [first] = await asAdmin<{ slot: string }>("SELECT slot::text AS slot FROM rollup_slot_by WHERE tenant_id = $1 AND dimension = 'all' AND slot >= '2026-10-05' ORDER BY slot LIMIT 1", [tenant.id]); // prettier-ignore
  const change = (by: string) => asAdmin("UPDATE rollup_slot_by SET cost_usd = cost_usd + $2::numeric WHERE tenant_id = $1 AND dimension = 'all' AND slot = $3::timestamptz", [tenant.id, by, first?.slot]); // prettier-ignore
  await change("0.000000000000000001");
  expect(await states(tenant)).toEqual({ ...allEqual, rollup: "differs" });
  expect(await told(tenant, "rollup")).toEqual([["hour", "2026-10-05T11", "0.000000000000000001", "usd"]]);
  await change("-0.000000000000000001");
  expect(await states(tenant)).toEqual(allEqual);
});

it("hours that wait are no difference yet", async () => {
  await asAdmin("INSERT INTO rollup_dirty (tenant_id, hour) VALUES ($1, '2026-10-05T11:00:00Z')", [
    tenant.id,
  ]);
  await asAdmin("UPDATE rollup_slot_by SET calls = calls + 1 WHERE tenant_id = $1 AND dimension = 'all' AND slot = '2026-10-05T11:00:00Z'", [tenant.id]); // prettier-ignore
  expect(await states(tenant)).toEqual({ ...allEqual, rollup: "waits" });
  await roll(tenant, now);
  expect(await states(tenant)).toEqual(allEqual);
});

it("a frozen line that somebody changed turns the statement alone, by its amount", async () => {
  const change = (by: string) => asAdmin("UPDATE statement_line SET cost_usd = cost_usd + $2::numeric WHERE tenant_id = $1 AND n = 1", [tenant.id, by]); // prettier-ignore
  await change("0.5");
  expect(await states(tenant)).toEqual({ ...allEqual, statement: "differs", invoices: "waits" });
  expect(await told(tenant, "statement")).toEqual([["changed", null, "0.5", "usd"]]);
  expect((await link(tenant, "statement")).figures[0]?.difference).toBe("0.5");
  await change("-0.5");
  await asAdmin("UPDATE statement SET taken_by = taken_by || '!' WHERE tenant_id = $1", [tenant.id]);
  expect(await told(tenant, "statement")).toEqual([["changed", null, null, "usd"]]);
  await asAdmin("UPDATE statement SET taken_by = rtrim(taken_by, '!') WHERE tenant_id = $1", [tenant.id]);
  expect(await states(tenant)).toEqual(allEqual);
});

it("usage that Stripe counts twice turns Stripe alone, by its tokens", async () => {
  const { events } = await stripe.told(account);
  const doubled = events.find(({ event_name: name }) => name === "llm_tokens");
  if (!doubled) throw new Error("nothing was sent");
  await stripe.told(account, { set: { events: [...events, { ...doubled, identifier: "again" }] } });
  await compareAt(tenant, new Date("2026-11-04T08:00:00Z"));
  expect(await states(tenant)).toEqual({ ...allEqual, stripe: "differs" });
  const [found] = (await link(tenant, "stripe")).differences;
  expect(found).toMatchObject({ cause: "doubled", amount: doubled.payload.value, unit: "tokens" });
  expect(found?.sentence).toContain("twice");
  expect((await link(tenant, "stripe")).figures[1]?.difference).toBe(doubled.payload.value);
  // Who may not see Stripe's side learns that it differs, and of nobody.
  const seen = await reconcileCustomers(contextOf(tenant, personWith("viewer"), now), { month });
  expect(JSON.stringify(seen)).not.toContain("cus_");
  expect(seen.links.find(({ id }) => id === "stripe")).toMatchObject({ state: "differs" });
  await stripe.told(account, { set: { events } });
  await compareAt(tenant, new Date("2026-11-04T08:30:00Z"));
  expect(await states(tenant)).toEqual(allEqual);
});

it("an invoice of another cost turns the invoices alone, by its account", async () => {
  const change = (by: string) => tamper("UPDATE invoice SET cost_usd = cost_usd + $2 WHERE tenant_id = $1 AND account_id = 'beta'", [tenant.id, by]); // prettier-ignore
  await change("-1.25");
  expect(await states(tenant)).toEqual({ ...allEqual, invoices: "differs" });
  expect(await told(tenant, "invoices")).toEqual([["basis", "beta", "-1.25", "usd"]]);
  const { rows } = await listAccountFigures(finance(tenant), { month });
  expect(rows.map(({ accountId, isOff }) => [accountId, isOff])[0]).toEqual(["beta", true]);
  await change("1.25");
  expect(await states(tenant)).toEqual(allEqual);
});

it("a bill with a key whose calls are not sent turns its provider alone, as coverage", async () => {
  const other = await makeTenant();
  const work = openAiWork(days);
  await keep(other, calls(work.filter(({ workspace }) => workspace !== "proj_jobs")), sent);
  await readBill(other, work);
  const { figures, differences } = await link(other, "provider:openai");
  expect(differences.map(({ cause, subject, amount }) => [cause, subject, amount])).toEqual([["coverage", "proj_jobs", figures[0]?.difference]]); // prettier-ignore
  expect(await states(other)).toEqual({ rollup: "equal", statement: "waits", stripe: "off", invoices: "off", "provider:openai": "differs" }); // prettier-ignore
});

it("a late call is the statement's difference until a later month is closed, with an owner meanwhile", async () => {
  const person = await makePerson();
  await makeMember(tenant, "finance", person);
  const late = { id: "late", occurredAt: "2026-10-20T10:00:00Z", provider: "openai", model: "gpt-4o", accountId: "acme", usage: { inputTokens: 1_000_000, outputTokens: 0 } }; // prettier-ignore
  await keep(tenant, [late], now);
  expect(await told(tenant, "statement")).toEqual([["late", null, "-2.5", "usd"]]);
  expect(await states(tenant)).toMatchObject({ rollup: "equal", statement: "differs" });

  const which = { month, link: "statement", key: keyOf("statement", "late", null) };
  const at = (hour: number) => new Date(`2026-11-04T${String(hour)}:00:00Z`);
  await assignDifference(finance(tenant), { ...which, ownerId: person.personId, note: "Ask the team.", dueOn: "2026-11-05" }); // prettier-ignore
  const ownership = async (when: Date) => (await link(tenant, "statement", when)).differences[0]?.ownership;
  expect(await ownership(now)).toMatchObject({
    ownerId: person.personId,
    note: "Ask the team.",
    isOverdue: false,
  });
  expect(await ownership(new Date("2026-11-06T09:00:00Z"))).toMatchObject({ isOverdue: true });
  await expect(assignDifference(finance(tenant), { ...which, ownerId: randomUUID() })).rejects.toMatchObject({ code: "INVALID_INPUT" }); // prettier-ignore
  await expect(settleDifference(finance(tenant), { ...which, amount: "-2.4", note: "x" })).rejects.toMatchObject({ code: "CONFLICT" }); // prettier-ignore
  await expect(settleDifference(contextOf(tenant, personWith("viewer"), now), { ...which, amount: "-2.5", note: "x" })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
  await settleDifference(finance(tenant, at(10)), { ...which, amount: "-2.5", note: "Goes to November." });
  expect((await ownership(at(10)))?.settled?.at).toBe("2026-11-04T10:00:00.000Z");
  // Another amount is another matter.
  await keep(tenant, [{ ...late, id: "later" }], at(11));
  expect(await ownership(at(12))).toMatchObject({ settled: null, ownerId: person.personId });
  await unsettleDifference(finance(tenant, at(12)), which);
  await expect(unsettleDifference(finance(tenant, at(12)), which)).rejects.toMatchObject({
    code: "NOT_FOUND",
  });

  // Nothing of November is billed through it any more.
  await disconnectBilling(owner(tenant, later), { confirmUnderWay: 0 });
  await closePeriod(finance(tenant, later), { month: "2026-11" });
  expect(await told(tenant, "statement", later)).toEqual([]);
  const { gone, links } = await reconcileCustomers(finance(tenant, later), { month });
  expect(links[1]).toMatchObject({ state: "equal", notes: ["Late calls of the month for 5 USD are in statements of later months."] }); // prettier-ignore
  expect(gone).toMatchObject([{ cause: "late", goneAt: later.toISOString(), ownerId: person.personId }]);
  const { events } = await listAudit(owner(tenant, later), {});
  expect(events.map(({ action }) => action).filter((action) => action.startsWith("difference."))).toEqual(["difference.unsettled", "difference.settled", "difference.assigned"]); // prettier-ignore
});
