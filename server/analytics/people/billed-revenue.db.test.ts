import { randomUUID } from "node:crypto";
import type { Decimal } from "decimal.js";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refreshAll } from "@/server/activity/refresh";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { setRetentionSettings } from "@/server/retention/settings";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { Plain, plainMonths, plainRevenue, plainSum, plainText, tellOf } from "@/tests/ledger/people-plainly";
import { margin } from "./margin";
import { plans } from "./plans";
import { throttle } from "./throttle";

const now = new Date("2026-11-20T12:07:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);
const from = new Date("2026-11-01T00:00:00Z");
const to = new Date("2026-11-16T00:00:00Z");
const range = { from: from.toISOString(), to: to.toISOString() };
let tenant: Tenant;

interface Billed {
  account: string;
  mrr: string | null;
  since?: string;
}
const billed: Billed[] = [
  { account: "both", mrr: "100" },
  { account: "seen", mrr: "33.333333333333333333", since: "2026-11-06" },
  { account: "nameless", mrr: "40" },
  { account: "silent", mrr: "7" },
  { account: "foreign", mrr: null },
];
const told = [
  { user: "both-1", account: "both", plan: "team", mrr: "90" },
  { user: "both-2", account: "both", plan: "team", mrr: "90" },
  { user: "told-1", account: "told", plan: "team", mrr: "12" },
  { user: "foreign-1", account: "foreign", plan: "pro", mrr: "5" },
  { user: "alone", plan: "pro", mrr: "3" },
];
/** Who has calls of what cost; gpt-4o at $2.50 per million tokens. */
const spent = [
  { accountId: "both", userId: "both-1", usd: "20" },
  { accountId: "both", userId: "both-3", usd: "5" },
  { accountId: "seen", userId: "seen-1", usd: "4" },
  { accountId: "nameless", usd: "30" },
  { accountId: "nobody-pays", userId: "free", usd: "2" },
  { usd: "1" },
];

async function bill(of: Tenant, rows: readonly Billed[], mode = "live"): Promise<string> {
  const id = randomUUID();
  await asAdmin(
    `INSERT INTO billing_connection (tenant_id, id, provider, provider_account, name, mode, state, api_key, key_tail, connected_by, connected_at)
     VALUES ($1, $2, 'stripe', 'acct_1', 'x', $3, 'active', '\\x00', 'x', 'x', now())`,
    [of.id, id, mode],
  );
  for (const { account, mrr, since } of rows) {
    await asAdmin(
      "INSERT INTO billing_customer (tenant_id, connection_id, account_id, customer_id, name, mapped_by, mapped_at) VALUES ($1, $2, $3, 'cus_' || $3, 'x', 'x', now())",
      [of.id, id, account],
    );
    await asAdmin(
      `INSERT INTO account_revenue (tenant_id, connection_id, account_id, customer_id, source, mrr_usd, paid_since, subscriptions, trialing, notes, read_at)
       VALUES ($1, $2, $3, 'cus_' || $3, 'stripe', $4, $5, 1, 0, '{}', '2026-11-20T03:00:00Z')`,
      [of.id, id, account, mrr, since ?? null],
    );
  }
  return id;
}

beforeAll(() => loadPrices(now));
beforeEach(async () => {
  tenant = await makeTenant({ timeZone: "UTC" });
  await tellOf(tenant, told);
  const calls = spent.map(({ usd, ...who }, n) => ({
    id: `c${String(n)}`,
    occurredAt: "2026-11-10T11:00:00Z",
    provider: "openai",
    model: "gpt-4o",
    usage: { inputTokens: Number(usd) * 400_000, outputTokens: 0 },
    ...who,
  }));
  const ctx = contextOf(tenant, system, now);
  expect((await recordCalls(ctx, { calls }, { source: "api" })).rejected).toEqual([]);
  await rollUp(ctx);
  await refreshAll(ctx);
});
const ownedBy = (mrrOf: "user" | "account") =>
  setRetentionSettings(contextOf(tenant, personWith("admin"), now), { mrrOf });

/** The same from the tables by plain SQL: what each account pays a month, and since when. */
async function plainRevenues(mrrOf: "user" | "account"): Promise<Map<string | null, Decimal>> {
  const months = (since: string | null) => plainMonths(from, to, "UTC", since);
  const subscribed = await asAdmin<{ account: string; mrr: string; since: string | null }>(
    "SELECT account_id AS account, mrr_usd::text AS mrr, to_char(paid_since, 'YYYY-MM-DD') AS since FROM account_revenue WHERE tenant_id = $1 AND mrr_usd IS NOT NULL",
    [tenant.id],
  );
  const revenues = new Map<string | null, Decimal>(
    subscribed.map(({ account, mrr, since }) => [
      account,
      plainRevenue(new Plain(mrr), months(since)) ?? new Plain(0),
    ]),
  );
  const said = await asAdmin<{ account: string | null; mrr: string }>(
    `SELECT account_id AS account, ${mrrOf === "user" ? "sum" : "max"}(mrr_usd)::text AS mrr FROM end_user
     WHERE tenant_id = $1 AND mrr_usd IS NOT NULL AND NOT EXISTS (SELECT FROM account_revenue r WHERE r.tenant_id = $1 AND r.account_id = end_user.account_id AND r.mrr_usd IS NOT NULL) GROUP BY 1`,
    [tenant.id],
  );
  for (const { account, mrr } of said)
    revenues.set(account, plainRevenue(new Plain(mrr), months(null)) ?? new Plain(0));
  return revenues;
}

describe.each(["user", "account"] as const)("revenue of subscriptions, beside an MRR told that is the %s's", (mrrOf) => {
  it("is the account's, once, and equals what plain SQL makes of both sources", async () => {
    await bill(tenant, billed);
    await ownedBy(mrrOf);
    const expected = await plainRevenues(mrrOf);
    const byAccount = await margin(reader(tenant), { ...range, by: "account", limit: 100 });
    const rows = new Map(byAccount.rows.map((row) => [row.key, row]));
    for (const [account, revenue] of expected) expect([account, rows.get(account)?.revenueUsd]).toEqual([account, plainText(revenue)]); // prettier-ignore
    // Half a month, and of one that began later the days from then on.
    expect(rows.get("both")).toMatchObject({ users: 3, costUsd: "25", revenueUsd: "50", marginUsd: "25" });
    expect(rows.get("seen")?.revenueUsd).toBe("11.111111111111111111");
    // Without a user: calls that name the account alone are paid for by it; and revenue without any cost.
    expect(rows.get("nameless")).toMatchObject({ users: 0, costUsd: "30", revenueUsd: "20", marginUsd: "-10", unknown: { users: 0, costUsd: "0" } }); // prettier-ignore
    expect(rows.get("silent")).toMatchObject({ users: 0, calls: 0, costUsd: "0", revenueUsd: "3.5", marginUsd: "3.5" });
    // What Stripe cannot tell is what the app told; nobody said anything of the last.
    expect(rows.get("foreign")).toMatchObject({ revenueUsd: "2.5" });
    expect(rows.get("nobody-pays")).toMatchObject({ revenueUsd: null, marginUsd: null, unknown: { users: 1, costUsd: "2" } });
    const sum = plainText(plainSum(expected.values()));
    expect(byAccount.total.known.revenueUsd).toBe(sum);
    expect(byAccount.total).toMatchObject({ costUsd: "62", known: { costUsd: "59" }, unknown: { costUsd: "2" }, nobody: { costUsd: "1" } });
    expect(byAccount.revenueFrom).toEqual({ accounts: 4, readAt: "2026-11-20T03:00:00.000Z" });
  });

  it("is shared out among the account's users to the last decimal, and what has none is told apart", async () => {
    await bill(tenant, billed);
    await ownedBy(mrrOf);
    const { rows, total } = await margin(reader(tenant), { ...range, by: "user", limit: 100 });
    const shares = rows.filter(({ accountId }) => accountId === "both").map(({ revenueUsd }) => revenueUsd ?? "");
    expect(shares.toSorted()).toEqual(["16.666666666666666666", "16.666666666666666667", "16.666666666666666667"]);
    expect(plainText(plainSum(shares))).toBe("50");
    expect(total.userless).toEqual({ accounts: 2, revenueUsd: "23.5" });
    const all = plainText(plainSum((await plainRevenues(mrrOf)).values()));
    expect(plainText(plainSum([total.known.revenueUsd, total.userless.revenueUsd]))).toBe(all);
    const parts = [total.known, total.unknown, total.nobody].map(({ costUsd }) => costUsd);
    expect(plainText(plainSum(parts))).toBe(total.costUsd);
  });

  it("makes the account the payer of a plan, and its share what a user's quota is made of", async () => {
    await bill(tenant, billed);
    await ownedBy(mrrOf);
    const team = (await plans(reader(tenant))).plans.find(({ plan }) => plan === "team");
    // Two payers, of whom one is all of three people.
    expect(team).toMatchObject({ payers: 2, priced: 2, priceUsd: "12", costUsd: "25" });
    const listed = await throttle(reader(tenant), { group: "active" });
    expect(listed.revenueFrom?.accounts).toBe(4);
  });

  it.each([
    ["in test mode", "UPDATE billing_connection SET mode = 'test' WHERE tenant_id = $1"],
    ["of what is disconnected", "UPDATE billing_connection SET state = 'disconnected', disconnected_at = now(), api_key = NULL WHERE tenant_id = $1"],
    ["of whom is mapped to another customer by now", "UPDATE billing_customer SET customer_id = 'cus_other' WHERE tenant_id = $1"],
    ["of whom nobody is mapped to any more", "DELETE FROM billing_customer WHERE tenant_id = $1"],
  ])("counts nothing %s", async (_, sql) => {
    const before = await margin(reader(tenant), { ...range, by: "account", limit: 100 });
    await bill(tenant, billed);
    await asAdmin(sql, [tenant.id]);
    const { rows, total, revenueFrom } = await margin(reader(tenant), { ...range, by: "account", limit: 100 });
    expect({ rows, total, revenueFrom }).toEqual({ rows: before.rows, total: before.total, revenueFrom: null });
  });
}); // prettier-ignore

it("is a tenant's own", async () => {
  const other = await makeTenant({ timeZone: "UTC" });
  await bill(other, billed);
  const { total, revenueFrom } = await margin(reader(tenant), { ...range, by: "account" });
  expect(revenueFrom).toBeNull();
  expect(total.userless).toEqual({ accounts: 0, revenueUsd: "0" });
});
