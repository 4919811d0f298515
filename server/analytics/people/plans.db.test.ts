import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refreshAll } from "@/server/activity/refresh";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { setRetentionSettings } from "@/server/retention/settings";
import { rollUp } from "@/server/rollups/roll-up";
import { contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import {
  Plain,
  plainDays,
  plainPercentile,
  plainSum,
  plainText,
  tellOf,
} from "@/tests/ledger/people-plainly";
import { plans } from "./plans";

const now = new Date("2026-11-20T12:07:00Z");
let tenant: Tenant;
beforeAll(() => loadPrices(now));
beforeEach(async () => {
  tenant = await makeTenant({ timeZone: "America/New_York" });
});
const reader = (of = tenant) => contextOf(of, personWith("viewer"), now);
/** gpt-4o at $2.50 per million tokens. */
const call = (userId: string, costUsd: string, daysAgo = 1) => ({
  id: `${userId}-${String(daysAgo)}`,
  occurredAt: new Date(now.getTime() - daysAgo * 86_400_000).toISOString(),
  provider: "openai",
  model: "gpt-4o",
  userId,
  usage: { inputTokens: Math.round(Number(costUsd) * 400_000), outputTokens: 0 },
});
async function store(calls: object[]) {
  const ctx = contextOf(tenant, system, now);
  expect((await recordCalls(ctx, { calls }, { source: "api", anyAge: true })).rejected).toEqual([]);
  await rollUp(ctx);
  await refreshAll(ctx);
}
const settle = (settings: object) => setRetentionSettings(contextOf(tenant, personWith("admin"), now), settings); // prettier-ignore
const planOf = async (name: string | null) => (await plans(reader())).plans.find(({ plan }) => plan === name);

describe("plans", () => {
  it("are sold for less than their power users cost", async () => {
    const users = Array.from({ length: 40 }, (_, n) => `u-${String(n).padStart(2, "0")}`);
    await tellOf(tenant, [
      ...users.map((user, n) => ({ user, plan: "pro", mrr: n % 10 === 0 ? "25" : "20" })),
      { user: "never-calls", plan: "pro", mrr: "20" },
      { user: "untold", plan: "pro" },
    ]);
    await store([
      ...users.map((user, n) => call(user, String(1 + n))),
      // Longer ago than 30 days.
      call("u-00", "500", 31),
      call("stranger", "3"),
    ]);
    const days = await plainDays(tenant, new Date("2026-10-22T04:00:00Z"), now);
    const costs = users.map((user) =>
      plainSum(days.filter((one) => one.user === user).map(({ cost }) => cost)),
    );
    const at = (percent: number) => plainText(plainPercentile(costs, percent) ?? new Plain(0));
    const beyond = costs.filter((cost) => cost.gt(20)).map((cost) => cost.minus(20));
    expect(await planOf("pro")).toEqual({
      plan: "pro",
      payers: 42,
      priced: 41,
      priceUsd: "20",
      callers: 40,
      unknownCost: 0,
      costUsd: plainText(plainSum(costs)),
      unpricedCalls: 0,
      perPayer: { p50Usd: at(50), p90Usd: at(90), p95Usd: at(95), p99Usd: at(99), maxUsd: at(100) },
      above: { payers: beyond.length, share: "0.5", beyondUsd: plainText(plainSum(beyond)) },
    });
    expect(beyond).toHaveLength(20);
    expect(await planOf(null)).toMatchObject({ payers: 1, priceUsd: null, perPayer: null, above: null });
  });

  it.each([19, 20])("of %i users say that much", async (count) => {
    const users = Array.from({ length: count }, (_, n) => `u-${String(n)}`);
    await tellOf(tenant, users.map((user) => ({ user, plan: "pro", mrr: "1" }))); // prettier-ignore
    await store(users.map((user) => call(user, "2")));
    const plan = await planOf("pro");
    expect(plan?.callers).toBe(count);
    expect(plan?.above).toEqual(count < 20 ? null : { payers: 20, share: "1", beyondUsd: "20" });
    expect(plan?.perPayer === null).toBe(count < 20);
  });

  it("without a known price are told without a claim about it", async () => {
    await settle({ minUsers: 1 });
    await tellOf(tenant, [{ user: "u", plan: "beta" }]);
    await store([call("u", "5")]);
    expect(await planOf("beta")).toMatchObject({ priceUsd: null, above: null, perPayer: { maxUsd: "5" } });
  });

  it("are an account's, where the MRR is", async () => {
    await settle({ minUsers: 1, mrrOf: "account" });
    await tellOf(tenant, [
      ...["a", "b", "c", "d", "e"].map((user) => ({ user, account: "acme", plan: "team", mrr: "100" })),
      { user: "lone", plan: "team", mrr: "30" },
    ]);
    await store(["a", "b", "c"].map((user) => call(user, "50")));
    const { of } = await plans(reader());
    expect(of).toBe("account");
    expect(await planOf("team")).toMatchObject({
      payers: 2,
      priceUsd: "30",
      callers: 1,
      perPayer: { maxUsd: "150" },
      above: { payers: 1, share: "1", beyondUsd: "120" },
    });
  });

  it("are a tenant's own", async () => {
    await tellOf(tenant, [{ user: "u", plan: "pro", mrr: "1" }]);
    await store([call("u", "2")]);
    expect((await plans(reader(await makeTenant()))).plans).toEqual([]);
  });
});
