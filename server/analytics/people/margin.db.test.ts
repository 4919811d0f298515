import type { Decimal } from "decimal.js";
import { parse } from "csv-parse/sync";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { refreshAll } from "@/server/activity/refresh";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { setRetentionSettings } from "@/server/retention/settings";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { Plain, plainDays, plainMonths, plainRevenue, plainSum, plainText, tellOf } from "@/tests/ledger/people-plainly"; // prettier-ignore
import { oddDays, reportZones, storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { spend } from "../spend";
import { exportTable } from "../tables/export";
import { margin } from "./margin";

const now = new Date("2026-11-20T12:07:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);
const told = [
  { user: "user-0", account: "account-9", plan: "pro", mrr: "49", signedUp: "2026-10-03T22:30:00Z" },
  { user: "user-1", plan: "pro", mrr: "0.001" },
  { user: "user-2", plan: "free", mrr: "0", signedUp: "2025-01-01T00:00:00Z" },
  { user: "user-3", account: "account-1", plan: "team" },
  { user: "idle-pays", account: "account-9", plan: "pro", mrr: "33.333333333333333333", signedUp: "2026-03-29T12:00:00Z" }, // prettier-ignore
  { user: "idle-free", plan: "free", mrr: "0" },
  { user: "idle-unknown", plan: "free" },
];

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

interface Line {
  key: string | null;
  users: Set<string>;
  cost: Decimal;
  revenue: Decimal | null;
  knownCost: Decimal;
  unknown: number;
}

/** The same by hand, of users who each pay for themselves. */
async function plainly(tenant: Tenant, from: Date, to: Date, by: "user" | "account" | "plan") {
  const days = await plainDays(tenant, from, to);
  const lifetime = new Map<string, string | null>();
  const ever = await plainDays(tenant, new Date("2026-01-01"), new Date("2027-01-01"));
  // Of several accounts the one of the newest day holds, of a day's the greatest; the ledger gives them in any order.
  const newestLast = ({ day, account }: (typeof ever)[number]) => `${day} ${account ?? ""}`;
  for (const { user, account, day } of ever.sort((one, other) =>
    newestLast(one) < newestLast(other) ? -1 : 1,
  ))
    if (user !== null && account !== null && day !== "") lifetime.set(user, account);
  const names = new Set([...days.flatMap(({ user }) => (user === null ? [] : [user])), ...told.map(({ user }) => user)]); // prettier-ignore
  const lines = new Map<string | null, Line>();
  const lineOf = (key: string | null) => {
    const line = lines.get(key) ?? { key, users: new Set<string>(), cost: new Plain(0), revenue: null, knownCost: new Plain(0), unknown: 0 }; // prettier-ignore
    lines.set(key, line);
    return line;
  };
  for (const name of names) {
    const facts = told.find(({ user }) => user === name);
    const mine = days.filter(({ user }) => user === name);
    const cost = plainSum(mine.map((day) => day.cost));
    const since = facts?.signedUp === undefined ? null : new Intl.DateTimeFormat("sv-SE", { timeZone: tenant.timeZone }).format(new Date(facts.signedUp)); // prettier-ignore
    const mrr = facts?.mrr === undefined ? null : new Plain(facts.mrr);
    const revenue = plainRevenue(mrr, plainMonths(from, to < now ? to : new Date("2026-11-20T12:00:00Z"), tenant.timeZone, since)); // prettier-ignore
    if (mine.length === 0 && !revenue?.gt(0)) continue;
    const account = facts?.account ?? lifetime.get(name) ?? null;
    const line = lineOf({ user: name, account, plan: facts?.plan ?? null }[by]);
    line.users.add(name);
    line.cost = line.cost.plus(cost);
    if (revenue) {
      line.revenue = (line.revenue ?? new Plain(0)).plus(revenue);
      line.knownCost = line.knownCost.plus(cost);
    } else line.unknown += 1;
  }
  return { lines, days };
}

describe.each(reportZones)("margin in %s", (timeZone) => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await storeZonedCalls(tenant, now);
    await tellOf(tenant, told);
    await refreshAll(contextOf(tenant, system, now));
  });

  it.each(["user", "account", "plan"] as const)("by %s is what ledger and MRR say", async (by) => {
    const [, day] = oddDays(timeZone);
    const ranges = [
      [startOfDay(addDays(day, -1), timeZone), startOfDay(addDays(day, 2), timeZone)],
      [new Date(startOfDay(day, timeZone).getTime() + 5 * 900_000), startOfDay(addDays(day, 1), timeZone)],
      [startOfDay("2026-03-01", timeZone), startOfDay("2026-12-01", timeZone)],
    ] as const;
    for (const [from, to] of ranges) {
      const input = { from: from.toISOString(), to: to.toISOString(), by, limit: 1_000 };
      const answer = await margin(reader(tenant), input);
      const { lines, days } = await plainly(tenant, from, to, by);
      const nobody = days.filter(({ user }) => user === null);
      expect(nobody.every(({ account }) => account === null)).toBe(true);
      const expected = new Map(
        [...lines.values()].map(({ key, users, cost, revenue, knownCost, unknown }) => [
          key,
          {
            users: users.size,
            costUsd: plainText(cost),
            revenueUsd: revenue && plainText(revenue),
            marginUsd: revenue && plainText(revenue.minus(knownCost)),
            unknown: { users: unknown, costUsd: plainText(cost.minus(knownCost)) },
          },
        ]),
      );
      expect(answer.rows.length).toBe(answer.groups);
      expect(new Map(answer.rows.map(({ key, users, costUsd, revenueUsd, marginUsd, unknown }) => [key, { users, costUsd, revenueUsd, marginUsd, unknown }]))).toEqual(expected); // prettier-ignore
      const all = await spend(reader(tenant), { from: input.from, to: input.to });
      expect(answer.total).toMatchObject({ costUsd: all.total.costUsd, calls: all.total.calls, unpricedCalls: all.total.unpricedCalls }); // prettier-ignore
      expect(answer.total.nobody.costUsd).toBe(plainText(plainSum(nobody.map(({ cost }) => cost))));
      const parts = [answer.total.known, answer.total.unknown, answer.total.nobody];
      expect(plainText(plainSum(parts.map(({ costUsd }) => costUsd)))).toBe(all.total.costUsd);
      expect(answer.total.known.revenueUsd).toBe(plainText(plainSum([...lines.values()].flatMap(({ revenue }) => revenue ?? [])))); // prettier-ignore
    }
  });
});

describe("margin", () => {
  /** gpt-4o at $2.50 per million tokens. */
  const call = (id: string, costUsd: string, more: object) => ({
    id,
    occurredAt: "2026-11-10T11:00:00Z",
    provider: "openai",
    model: "gpt-4o",
    usage: { inputTokens: Math.round(Number(costUsd) * 400_000), outputTokens: 0 },
    ...more,
  });
  async function store(tenant: Tenant, calls: object[]) {
    const ctx = contextOf(tenant, system, now);
    expect((await recordCalls(ctx, { calls }, { source: "api" })).rejected).toEqual([]);
    await rollUp(ctx);
    await refreshAll(ctx);
  }
  const october = { from: "2026-10-01", to: "2026-11-01" };
  const whole = { from: "2026-10-01", to: "2026-11-20" };

  it("knows nothing of nobody", async () => {
    const answer = await margin(reader(await makeTenant()), whole);
    expect(answer).toMatchObject({ rows: [], groups: 0, total: { costUsd: "0", known: { users: 0, marginShare: null } } }); // prettier-ignore
  });

  it("takes missing revenue for unknown, and tells revenue without cost and cost without revenue apart", async () => {
    const tenant = await makeTenant();
    await tellOf(tenant, [
      { user: "pays-and-calls", mrr: "10" },
      { user: "pays", mrr: "20" },
      { user: "free", mrr: "0" },
      { user: "untold" },
    ]);
    await store(tenant, [
      call("1", "4", { userId: "pays-and-calls" }),
      call("2", "3", { userId: "free" }),
      call("3", "2", { userId: "untold" }),
      call("4", "1", { userId: "stranger" }),
      call("5", "0.5", {}),
    ]);
    const november = { from: "2026-11-01", to: "2026-11-16" };
    const answer = await margin(reader(tenant), november);
    expect(answer.rows.map(({ key, revenueUsd, marginUsd, marginShare }) => [key, revenueUsd, marginUsd, marginShare])).toEqual([
      ["free", "0", "-3", null],
      ["pays-and-calls", "5", "1", "0.2"],
      ["pays", "10", "10", "1"],
      ["untold", null, null, null],
      ["stranger", null, null, null],
    ]); // prettier-ignore
    expect(answer.total).toMatchObject({
      costUsd: "10.5",
      known: { users: 3, costUsd: "7", revenueUsd: "15", marginUsd: "8", marginShare: "0.533333" },
      unknown: { users: 2, costUsd: "3" },
      nobody: { calls: 1, costUsd: "0.5" },
      losing: { users: 1, lossUsd: "3" },
      idle: { users: 1, revenueUsd: "10" },
    });
    const keys = async (more: object) => (await margin(reader(tenant), { ...november, ...more })).rows.map(({ key }) => key); // prettier-ignore
    expect(await keys({ show: "losing" })).toEqual(["free"]);
    expect(await keys({ show: "idle" })).toEqual(["pays"]);
    expect(await keys({ show: "unknown" })).toEqual(["untold", "stranger"]);
    expect(await keys({ order: "revenue", limit: 2, offset: 1 })).toEqual(["pays-and-calls", "free"]);
    expect(await keys({ order: "cost", limit: 1 })).toEqual(["pays-and-calls"]);
  });

  it("counts an account's MRR once, though five users repeat it, and shares it among them to the last decimal", async () => {
    const tenant = await makeTenant();
    const users = ["a", "b", "c", "d", "e", "f"].map((user) => ({ user, account: "acme", plan: "team" }));
    await tellOf(tenant, [
      ...users.slice(0, 5).map((one, n) => ({ ...one, mrr: n === 2 ? "100" : "90", mrrAt: `2026-0${String(n === 2 ? 9 : 8)}-01T00:00:00Z` })), // prettier-ignore
      { user: "f", account: "acme" },
      { user: "alone", mrr: "7" },
    ]);
    await store(tenant, [
      call("1", "150", { userId: "a" }),
      call("2", "5", { userId: "g", accountId: "acme" }),
      call("3", "2", { accountId: "acme" }),
      call("4", "1", {}),
    ]);
    await setRetentionSettings(contextOf(tenant, personWith("admin"), now), { mrrOf: "account" });
    const byAccount = await margin(reader(tenant), { ...october, by: "account" });
    // Seven seats: those told of, and one more who was seen.
    expect(byAccount.rows.map(({ key, users: n, revenueUsd }) => [key, n, revenueUsd])).toEqual([[null, 1, "7"], ["acme", 7, "100"]]); // prettier-ignore
    const byUser = await margin(reader(tenant), { ...october, by: "user", order: "revenue" });
    const shares = byUser.rows.filter(({ accountId }) => accountId === "acme").map(({ revenueUsd }) => revenueUsd ?? ""); // prettier-ignore
    expect(shares[0]).toBe("14.285714285714285715");
    expect(plainText(plainSum(shares))).toBe("100");
    expect(byUser.total.known.revenueUsd).toBe("107");
    // A month in which they called: calls that name the account alone are paid for by it.
    const november = await margin(reader(tenant), { from: "2026-11-01", to: "2026-11-19", by: "account" });
    expect(november.rows[0]).toMatchObject({
      key: "acme",
      costUsd: "157",
      revenueUsd: "60",
      marginUsd: "-97",
    });
    expect(november.total).toMatchObject({
      costUsd: "158",
      nobody: { costUsd: "1" },
      known: { costUsd: "157" },
    });
    const people = await margin(reader(tenant), { from: "2026-11-01", to: "2026-11-19", by: "user" });
    expect(people.total).toMatchObject({
      costUsd: "158",
      nobody: { costUsd: "3" },
      known: { costUsd: "155" },
    });
  });

  it("takes each user's own MRR, where it is theirs, into the account's", async () => {
    const tenant = await makeTenant();
    await tellOf(tenant, ["a", "b"].map((user) => ({ user, account: "acme", mrr: "50" }))); // prettier-ignore
    await refreshAll(contextOf(tenant, system, now));
    const { rows } = await margin(reader(tenant), { ...october, by: "account" });
    expect(rows).toMatchObject([{ key: "acme", users: 2, revenueUsd: "100", marginShare: "1" }]);
  });

  it("is in a file as it is on the screen", async () => {
    const tenant = await makeTenant();
    await tellOf(tenant, [{ user: "a", account: "acme", plan: "pro", mrr: "10" }]);
    await store(tenant, [call("1", "4", { userId: "a" }), call("2", "3", { userId: "b" })]);
    const csv = async (by: string) => {
      const { body } = await exportTable(reader(tenant), { table: "margin", input: { ...october, to: "2026-11-16", by }, bom: false, onError: vi.fn() }); // prettier-ignore
      return parse<Record<string, string>>(await new Response(body).text(), { columns: true, record_delimiter: "\r\n" }); // prettier-ignore
    };
    expect(await csv("user")).toEqual([
      { user: "a", accountId: "acme", plan: "pro", calls: "1", costUsd: "4", unpricedCalls: "0", revenueUsd: "15", marginUsd: "11", marginShare: "0.733333", unknownUsers: "0", unknownCostUsd: "0" },
      { user: "b", accountId: "", plan: "", calls: "1", costUsd: "3", unpricedCalls: "0", revenueUsd: "", marginUsd: "", marginShare: "", unknownUsers: "1", unknownCostUsd: "3" },
    ]); // prettier-ignore
    expect(await csv("plan")).toMatchObject([{ plan: "pro", users: "1" }, { plan: "", users: "1", revenueUsd: "" }]); // prettier-ignore
  });

  it("is a tenant's own", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    await tellOf(one, [{ user: "u", mrr: "10" }]);
    await store(one, [call("1", "4", { userId: "u" })]);
    expect((await margin(reader(other), whole)).rows).toEqual([]);
    expect((await margin(reader(one), whole)).rows).toHaveLength(1);
  });
});
