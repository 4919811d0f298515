import type { Decimal } from "decimal.js";
import { parse } from "csv-parse/sync";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { refreshAll } from "@/server/activity/refresh";
import { listBudgets } from "@/server/budgets/list";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { applyQuotas } from "@/server/retention/apply-quotas";
import { setRetentionSettings } from "@/server/retention/settings";
import { takeBackQuotas } from "@/server/retention/take-back-quotas";
import { rollUp } from "@/server/rollups/roll-up";
import { recordUsage } from "@/server/usage/record";
import {
  asAdmin,
  contextOf,
  ingestKey,
  loadPrices,
  makeTenant,
  personWith,
  system,
} from "@/tests/factories/tenant";
import { Plain, plainDays, plainMonths, plainPercentile, plainRevenue, plainSum, plainText, tellOf } from "@/tests/ledger/people-plainly"; // prettier-ignore
import { reportZones, storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { exportTable } from "../tables/export";
import { throttle } from "./throttle";
import { userStates } from "./user-states";

const now = new Date("2026-11-20T12:07:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);
const finance = (tenant: Tenant) => contextOf(tenant, personWith("finance"), now);
const settle = (tenant: Tenant, settings: object) =>
  setRetentionSettings(contextOf(tenant, personWith("admin"), now), settings);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

describe.each(reportZones)("the throttle list in %s", (timeZone) => {
  const told = [
    { user: "more-39", plan: "pro", mrr: "0.01", signedUp: "2025-12-03T22:30:00Z" },
    { user: "more-38", plan: "pro", mrr: "4", signedUp: "2026-11-03T22:30:00Z" },
    { user: "more-37", plan: "pro", mrr: "2" },
    { user: "user-1", plan: "pro", mrr: "0.001" },
    { user: "user-2", plan: "free", mrr: "0" },
    { user: "user-4", plan: "team", mrr: "900" },
    { user: "never", plan: "team", mrr: "900" },
  ];
  it("is what ledger and MRR say, counted by hand", async () => {
    const tenant = await makeTenant({ timeZone });
    await storeZonedCalls(tenant, now);
    const more = Array.from({ length: 40 }, (_, n) => {
      const day = addDays(localDay(now, timeZone), -([2, 14, 15, 30, 31, 89, 90][n % 7] ?? 0));
      const usage = { inputTokens: 100 * (n + 1) ** 3, outputTokens: n };
      return { id: `more-${String(n)}`, occurredAt: new Date(startOfDay(day, timeZone).getTime() + n * 1_800_000).toISOString(), provider: "openai", model: "gpt-4o", userId: `more-${String(n)}`, usage }; // prettier-ignore
    });
    const sent = await recordCalls(
      contextOf(tenant, system, now),
      { calls: more },
      { source: "api", anyAge: true },
    );
    expect(sent.accepted).toBe(40);
    await rollUp(contextOf(tenant, system, now));
    await tellOf(tenant, told);
    await settle(tenant, { minUsers: 3 });
    await refreshAll(contextOf(tenant, system, now));
    const today = localDay(now, timeZone);
    const from = startOfDay(addDays(today, -89), timeZone);
    const [ever, recent] = [
      await plainDays(tenant, new Date("2026-01-01"), now),
      await plainDays(tenant, from, now),
    ];
    const people = [...new Set(ever.flatMap(({ user }) => (user === null ? [] : [user])))].map((user) => {
      const [life, near] = [ever, recent].map((days) => days.filter((one) => one.user === user));
      const sorted = (life ?? []).map(({ day }) => day).sort();
      const [first, last] = [sorted[0] ?? "", sorted.at(-1) ?? ""];
      const ago = (Date.parse(today) - Date.parse(last)) / 86_400_000;
      const facts = told.find((one) => one.user === user);
      return { user, first, last, state: ago <= 14 ? "active" : ago <= 30 ? "atRisk" : "churned", facts, life: life ?? [], near: near ?? [] }; // prettier-ignore
    });
    const isKnown = (days: { cost: string; calls: number; unpriced: number }[]) =>
      plainSum(days.map(({ cost }) => cost)).gt(0) || days.some(({ calls, unpriced }) => calls > unpriced);
    const p90 = (of: "life" | "near") =>
      plainPercentile(people.filter((one) => isKnown(one[of])).map((one) => plainSum(one[of].map(({ cost }) => cost))), 90) ?? new Plain(0); // prettier-ignore
    const ledgerSince = ever.map(({ day }) => day).sort()[0] ?? "";
    const quarter = new Date("2026-11-20T12:00:00Z");
    const expected = people
      .flatMap(({ user, first, last, state, facts, life, near }) => {
        const cost = plainSum((state === "churned" ? life : near).map((day) => day.cost));
        const since = facts?.signedUp === undefined ? null : localDay(new Date(facts.signedUp), timeZone);
        const came = since !== null && since < first ? since : first;
        const started = state !== "churned" ? from : startOfDay(came < ledgerSince ? ledgerSince : came, timeZone); // prettier-ignore
        const stretch = plainMonths(started, quarter, timeZone, since);
        const revenue = plainRevenue(facts ? new Plain(facts.mrr) : null, stretch);
        const isDear = cost.gt(p90(state === "churned" ? "life" : "near"));
        return isDear && (revenue === null || cost.gt(revenue)) && state !== "active"
          ? [{ user, state, lastDay: last, costUsd: plainText(cost), lossUsd: revenue && plainText(cost.minus(revenue)), by: revenue ? cost.minus(revenue) : cost }] // prettier-ignore
          : [];
      })
      .sort((one, other) => other.by.cmp(one.by))
      .map(({ user, state, lastDay, costUsd, lossUsd }) => ({ user, state, lastDay, costUsd, lossUsd }));
    const answer = await throttle(reader(tenant), {});
    expect(answer.rows.map(({ user, state, lastDay, costUsd, lossUsd }) => ({ user, state, lastDay, costUsd, lossUsd }))).toEqual(expected); // prettier-ignore
    expect(expected.length).toBeGreaterThan(0);
    expect(answer.rows[0]?.p90Usd).toBe(
      plainText(p90(answer.rows[0]?.state === "churned" ? "life" : "near")),
    );
    const count = (state: string) => people.filter((one) => one.state === state).length;
    expect(answer.states).toEqual({ active: count("active"), atRisk: count("atRisk"), churned: count("churned"), never: 1 }); // prettier-ignore
  });
});

describe("the throttle list", () => {
  let tenant: Tenant;
  beforeEach(async () => {
    tenant = await makeTenant();
  });
  let stored = 0;
  /** gpt-4o at $2.50 per million tokens, so many days ago. */
  const call = (userId: string, costUsd: string, daysAgo: number) => ({
    id: `c-${String((stored += 1))}`,
    occurredAt: new Date(now.getTime() - daysAgo * 86_400_000).toISOString(),
    provider: "openai",
    model: "gpt-4o",
    userId,
    usage: { inputTokens: Math.round(Number(costUsd) * 400_000), outputTokens: 0 },
  });
  async function store(calls: object[], of = tenant) {
    const ctx = contextOf(of, system, now);
    expect((await recordCalls(ctx, { calls }, { source: "api", anyAge: true })).rejected).toEqual([]);
    await rollUp(ctx);
    await refreshAll(ctx);
  }
  const others = (count: number, costUsd = "1") => Array.from({ length: count }, (_, n) => call(`other-${String(n)}`, costUsd, 1)); // prettier-ignore
  const listed = async (group: "leaving" | "active" = "leaving", of = tenant) =>
    (await throttle(reader(of), { group })).rows.map(({ user }) => user);

  it("is empty where nobody was ever there, and says that nothing was counted", async () => {
    expect(await throttle(reader(tenant), {})).toMatchObject({ rows: [], states: null, told: { users: 0 } });
    await refreshAll(contextOf(tenant, system, now));
    expect((await throttle(reader(tenant), {})).states).toEqual({
      active: 0,
      atRisk: 0,
      churned: 0,
      never: 0,
    });
  });

  it("claims of nobody that they are active before that was counted", async () => {
    const ctx = contextOf(tenant, system, now);
    await recordCalls(ctx, { calls: [...others(30), call("dear", "90", 1)] }, { source: "api" });
    await rollUp(ctx);
    expect(await throttle(reader(tenant), { group: "active" })).toMatchObject({ rows: [], states: null, groups: { active: { users: 0 } } }); // prettier-ignore
    expect(await userStates(reader(tenant), { users: ["dear"] })).toMatchObject({ states: null, users: [] });
  });

  it("ranks the dear who left or are about to by what was lost on them, and leaves out who pays for it", async () => {
    await tellOf(tenant, [
      { user: "gone-unprofitable", plan: "pro", mrr: "10", signedUp: "2026-09-01T00:00:00Z" },
      { user: "gone-profitable", plan: "pro", mrr: "500" },
      { user: "stays-unprofitable", plan: "pro", mrr: "10" },
      { user: "stays-profitable", plan: "pro", mrr: "900" },
    ]);
    await store([
      ...others(60),
      call("other-60", "1", 100),
      call("gone-unprofitable", "100", 40),
      call("gone-profitable", "90", 40),
      call("at-risk-untold", "80", 20),
      call("gone-untold", "95", 31),
      call("stays-unprofitable", "70", 2),
      call("stays-profitable", "60", 2),
    ]);
    const answer = await throttle(reader(tenant), {});
    // Signed up on the first of September, and today is noon of the twentieth of November: two months and 19½ days of 30.
    expect(answer.rows.map(({ user, state, basis, revenueUsd, lossUsd }) => [user, state, basis, revenueUsd, lossUsd])).toEqual([
      ["gone-untold", "churned", "lifetime", null, null],
      ["at-risk-untold", "atRisk", "recent", null, null],
      ["gone-unprofitable", "churned", "lifetime", "26.5", "73.5"],
    ]); // prettier-ignore
    expect(answer.groups.leaving).toEqual({ users: 3, costUsd: "275", lossUsd: "73.5" });
    expect(await listed("active")).toEqual(["stays-unprofitable"]);
    expect(answer.rows[2]?.suggestion).toEqual({ amountUsd: "3.00", because: "mrr" });
    expect(answer.rows[0]?.suggestion).toEqual({ amountUsd: "0.34", because: "everybody" });
    const page = await throttle(reader(tenant), { offset: 1, limit: 1 });
    expect(page.rows.map(({ user }) => user)).toEqual(["at-risk-untold"]);
  });

  it("takes nobody for dear who costs just as much as the ninetieth of a hundred", async () => {
    await store([...others(20, "5"), call("tie", "5", 20), call("tie-2", "5", 20)]);
    expect(await listed()).toEqual([]);
    await store([call("beyond", "5.01", 20)]);
    expect(await listed()).toEqual(["beyond"]);
  });

  it("claims nothing of too few, but what is known to cost more than is paid", async () => {
    await tellOf(tenant, [{ user: "paid-too-little", mrr: "1" }]);
    await store([call("untold", "100", 20), call("paid-too-little", "50", 20)]);
    const { rows, peers } = await throttle(reader(tenant), {});
    expect(rows).toMatchObject([{ user: "paid-too-little", p90Usd: null }]);
    expect(peers).toEqual({ recent: 2, lifetime: 2 });
    await settle(tenant, { minUsers: 2 });
    // Of two the dearer is at the ninetieth place of a hundred, and nobody beyond it.
    expect((await throttle(reader(tenant), {})).rows).toEqual([]);
  });

  it("goes by product usage as well, and by who comes back", async () => {
    await store([...others(30), call("uses", "90", 40), call("gone", "80", 40)]);
    expect(await listed()).toEqual(["uses", "gone"]);
    await recordUsage(contextOf(tenant, ingestKey, now), { events: [{ id: "e", occurredAt: now.toISOString(), userId: "uses" }] }, { source: "api" }); // prettier-ignore
    await refreshAll(contextOf(tenant, system, now));
    expect(await listed()).toEqual(["gone"]);
    const { users } = await userStates(reader(tenant), { users: ["gone", "uses", "nobody", "other-1"] });
    expect(users).toEqual([
      { user: "gone", state: "churned", lastDay: "2026-10-11", throttle: "leaving" },
      { user: "other-1", state: "active", lastDay: "2026-11-19", throttle: null },
      { user: "uses", state: "active", lastDay: "2026-11-20", throttle: null },
    ]);
    await store([call("gone", "0.01", 0)]);
    expect(await listed()).toEqual([]);
  });

  it("is the same while days are built anew", async () => {
    await store([...others(30), call("gone", "80", 40), call("risk", "70", 20), call("risk", "1", 80)]);
    const before = await throttle(reader(tenant), {});
    await asAdmin("UPDATE rollup_state SET rebuild_to = '2026-01-01' WHERE tenant_id = $1", [tenant.id]);
    await asAdmin("DELETE FROM rollup_day_by WHERE tenant_id = $1", [tenant.id]);
    expect((await throttle(reader(tenant), {})).rows).toEqual(before.rows);
    expect(before.rows).toHaveLength(2);
  });

  it("is in a file as it is on the screen", async () => {
    await tellOf(tenant, [{ user: "gone", plan: "=pro", mrr: "0" }]);
    await store([...others(30), call("gone", "80", 40), call("risk", "70", 20)]);
    const { body } = await exportTable(reader(tenant), { table: "throttle", input: {}, bom: false, onError: vi.fn() }); // prettier-ignore
    const lines = parse<Record<string, string>>(await new Response(body).text(), { columns: true, record_delimiter: "\r\n" }); // prettier-ignore
    expect(lines).toMatchObject([
      { user: "gone", plan: "'=pro", state: "churned", basis: "lifetime", costUsd: "80", mrrUsd: "0", revenueUsd: "0", lossUsd: "80", suggestedUsd: "0.34", quotaUsd: "" },
      { user: "risk", plan: "", state: "atRisk", basis: "recent", costUsd: "70", mrrUsd: "", revenueUsd: "", lossUsd: "" },
    ]); // prettier-ignore
  });

  it("is a tenant's own", async () => {
    const other = await makeTenant();
    await store([...others(30), call("gone", "80", 40)]);
    await store([call("gone", "1", 1)], other);
    expect(await listed()).toEqual(["gone"]);
    expect(await listed("leaving", other)).toEqual([]);
    expect((await userStates(reader(other), { users: ["other-1"] })).users).toEqual([]);
  });

  it("has a quota applied, says so, and forgets it again", async () => {
    await store([...others(30), call("a", "90", 40), call("b", "80", 40)]);
    const { rows } = await throttle(reader(tenant), {});
    const quotas = rows.map(({ user, suggestion }) => ({
      userId: user,
      amountUsd: suggestion?.amountUsd ?? "",
    }));
    const applied = await applyQuotas(finance(tenant), { quotas, enforcement: "ask" });
    const budgets = async () => (await listBudgets(finance(tenant))).budgets.map(({ budget: { subject, amountUsd, enforcement } }) => [subject.key, amountUsd, enforcement]); // prettier-ignore
    expect((await budgets()).sort()).toEqual([["a", "0.34", "ask"], ["b", "0.34", "ask"]]); // prettier-ignore
    expect((await throttle(reader(tenant), {})).rows.map(({ quota }) => quota)).toMatchObject([{ amountUsd: "0.34" }, { amountUsd: "0.34" }]); // prettier-ignore
    // All or none: one of them has a quota.
    await expect(applyQuotas(finance(tenant), { quotas: [{ userId: "c", amountUsd: "1" }, { userId: "a", amountUsd: "2" }] })).rejects.toMatchObject({ code: "CONFLICT" }); // prettier-ignore
    expect(await budgets()).toHaveLength(2);
    await takeBackQuotas(finance(tenant), {
      quotas: applied.quotas.map(({ id, version }) => ({ id, version })),
    });
    expect(await budgets()).toEqual([]);
    expect((await throttle(reader(tenant), {})).rows.map(({ quota }) => quota)).toEqual([null, null]);
    await expect(applyQuotas(reader(tenant), { quotas })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(takeBackQuotas(reader(tenant), { quotas: applied.quotas.map(({ id, version }) => ({ id, version })) })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
  });

  it("takes back no quota that somebody has changed since", async () => {
    const applied = await applyQuotas(finance(tenant), { quotas: [{ userId: "a", amountUsd: "1" }, { userId: "b", amountUsd: "1" }] }); // prettier-ignore
    const [a, b] = applied.quotas.map(({ id, version }) => ({ id, version }));
    if (!a || !b) throw new Error("two were applied");
    await expect(takeBackQuotas(finance(tenant), { quotas: [a, { ...b, version: 2 }] })).rejects.toMatchObject({ code: "CONFLICT" }); // prettier-ignore
    expect((await listBudgets(finance(tenant))).budgets).toHaveLength(2);
    const elsewhere = contextOf(await makeTenant(), personWith("finance"), now);
    await expect(takeBackQuotas(elsewhere, { quotas: [a] })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("judges an account's people by an even share of what it pays", async () => {
    await settle(tenant, { mrrOf: "account" });
    await tellOf(tenant, ["a", "b", "c", "d", "e"].map((user) => ({ user, account: "acme", mrr: "100" }))); // prettier-ignore
    await store([...others(60), call("a", "70", 20), call("b", "50", 20)]);
    const { rows } = await throttle(reader(tenant), {});
    const revenue = plainRevenue(new Plain(100), plainMonths(new Date("2026-08-23T00:00:00Z"), new Date("2026-11-20T12:00:00Z"), "UTC")); // prettier-ignore
    expect(rows.map(({ user, mrrUsd, revenueUsd }) => [user, mrrUsd, revenueUsd?.slice(0, 12)])).toEqual([
      ["a", "20", (revenue as Decimal).div(5).toFixed().slice(0, 12)],
    ]);
  });
});
