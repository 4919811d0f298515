import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { insertVersion } from "@/server/budgets/queries";
import type { Budget } from "@/server/budgets/schemas";
import { recordCalls } from "@/server/calls/record";
import type { Actor } from "@/server/auth/permissions";
import type { Ctx, Tenant } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { rollUp } from "@/server/rollups/roll-up";
import { contextOf, loadPrices, makeTenant, system } from "@/tests/factories/tenant";
import { gateBalances } from "./balances";
import { check } from "./check";
import { reserve } from "./reserve";
import { settle } from "./settle";
import { setGateSettings } from "./settings";
import { tidyGate } from "./tidy";

const now = new Date("2026-11-20T12:00:00Z");
const after = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const at = (tenant: Tenant, when = now) => contextOf(tenant, system, when);

async function setBudget(tenant: Tenant, over: Partial<Budget> = {}): Promise<string> {
  const budget: Budget = {
    id: randomUUID(),
    version: 1,
    subject: { kind: "tenant", key: "" },
    period: "month",
    amountUsd: "10",
    thresholds: [100],
    enforcement: "deny",
    ownerId: null,
    note: null,
    validFrom: new Date("2026-11-01T00:00:00Z"),
    validTo: null,
    createdBy: "test",
    ...over,
  };
  await at(tenant).db.write((db) => insertVersion(db, tenant.id, budget));
  return budget.id;
}
const ask = (ctx: Ctx, key: string, costUsd: string, over: object = {}) =>
  reserve(ctx, { key, estimate: { costUsd }, ...over });
const balance = async (tenant: Tenant, when = now) => (await gateBalances(at(tenant, when)))[0];

beforeAll(() => loadPrices(now));

describe("a thousand at once", () => {
  it("never pass the limit, and use all of it", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant);
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, (_, n) => ask(at(tenant), `call-${String(n)}`, "0.03")),
    );
    const allowed = answers.filter(({ outcome }) => outcome === "allow");
    // 333 × $0.03 = $9.99.
    expect(allowed).toHaveLength(333);
    expect(await balance(tenant)).toMatchObject({ heldUsd: "9.99", settledUsd: "0" });
    expect(answers.find(({ outcome }) => outcome === "deny")?.reasons[0]).toMatchObject({
      kind: "budget",
      limitUsd: "10",
      heldUsd: "9.99",
    });
  });
  it("through two processes at once never pass it either", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant);
    // Modules of its own, and so a queue of its own, as another process has.
    vi.resetModules();
    const other = await import("./reserve");
    const work = async (process: typeof reserve, name: string) => {
      const outcomes: string[] = [];
      for (let n = 0; n < 40; n += 1) {
        const answer = await process(at(tenant), {
          key: `${name}-${String(n)}`,
          estimate: { costUsd: "0.03" },
        });
        outcomes.push(answer.outcome);
      }
      return outcomes;
    };
    const workers = Array.from({ length: 16 }, (_, n) =>
      work(n % 2 === 0 ? reserve : other.reserve, `worker-${String(n)}`),
    );
    const outcomes = (await Promise.all(workers)).flat();
    expect(outcomes.filter((outcome) => outcome === "allow")).toHaveLength(333);
    expect(await balance(tenant)).toMatchObject({ heldUsd: "9.99" });
  });
  it("of which each key is asked five times are held once each", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant);
    const answers = await Promise.all(
      Array.from({ length: 100 }, (_, n) => ask(at(tenant), `call-${String(n % 20)}`, "0.5")),
    );
    expect(answers.every(({ outcome }) => outcome === "allow")).toBe(true);
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(20);
    expect(await balance(tenant)).toMatchObject({ heldUsd: "10" });
  });
  it("reserved and settled side by side, leave nothing held", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant, { amountUsd: "1000" });
    await Promise.all(
      Array.from({ length: 300 }, async (_, n) => {
        await ask(at(tenant), `call-${String(n)}`, "0.10");
        await settle(at(tenant), { key: `call-${String(n)}`, actual: { costUsd: "0.07" } });
      }),
    );
    expect(await balance(tenant)).toMatchObject({ heldUsd: "0", settledUsd: "21" });
  });
});

describe("a hold", () => {
  it("gives back what the call did not cost, and counts what it did; settled again it changes nothing", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant);
    await ask(at(tenant), "a", "8");
    expect((await ask(at(tenant), "b", "3")).outcome).toBe("deny");
    const settled = { key: "a", actual: { costUsd: "2.5" } };
    expect(await settle(at(tenant), settled)).toMatchObject({
      state: "settled",
      actualUsd: "2.5",
      repeated: false,
    });
    expect(await settle(at(tenant), settled)).toMatchObject({ repeated: true, actualUsd: "2.5" });
    expect(await balance(tenant)).toMatchObject({ heldUsd: "0", settledUsd: "2.5" });
    expect((await ask(at(tenant), "b", "7.5")).outcome).toBe("allow");
  });
  it("of a call that failed is released, and its key can be asked anew", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant);
    await ask(at(tenant), "a", "8");
    expect(await settle(at(tenant), { key: "a" })).toMatchObject({ state: "released", actualUsd: null });
    expect(await balance(tenant)).toMatchObject({ heldUsd: "0", settledUsd: "0" });
    expect(await ask(at(tenant), "a", "9")).toMatchObject({
      outcome: "allow",
      repeated: false,
      heldUsd: "9",
    });
  });
  it("of a crashed holder comes back when its lease runs out", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant);
    await ask(at(tenant), "crashed", "8", { leaseSeconds: 60 });
    expect((await ask(at(tenant, after(59)), "b", "3")).outcome).toBe("deny");
    expect(await balance(tenant, after(60))).toMatchObject({ heldUsd: "0" });
    expect((await ask(at(tenant, after(60)), "b", "3")).outcome).toBe("allow");
    expect(await balance(tenant, after(60))).toMatchObject({ heldUsd: "3" });
  });
  it("that ran out and is settled after all counts what it cost", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant);
    await ask(at(tenant), "slow", "8", { leaseSeconds: 60 });
    await tidyGate(at(tenant, after(120)));
    const late = await settle(at(tenant, after(130)), { key: "slow", actual: { costUsd: "6" } });
    expect(late).toMatchObject({ state: "settled", late: true });
    expect(await balance(tenant, after(130))).toMatchObject({ heldUsd: "0", settledUsd: "6" });
  });
  it("that nobody reserved cannot be settled", async () =>
    expect(settle(at(await makeTenant()), { key: "nothing" })).rejects.toMatchObject({ code: "NOT_FOUND" }));
});

describe("what is spent", () => {
  const call = (id: string, costTokens: number, over: object = {}) => ({
    id,
    occurredAt: "2026-11-20T09:00:00Z",
    kind: "llm",
    provider: "openai",
    model: "gpt-4o",
    feature: "chat",
    userId: "ada",
    usage: { inputTokens: costTokens, outputTokens: 0 },
    ...over,
  });
  it("is the ledger's sum too: calls that bypass the gate count", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant, { subject: { kind: "feature", key: "chat" } });
    // A million input tokens of gpt-4o cost $2.50.
    await recordCalls(at(tenant), { calls: [call("x", 1_000_000)] }, { source: "test", anyAge: true });
    while ((await rollUp(at(tenant))).more);
    expect((await ask(at(tenant), "a", "7.5", { feature: "chat" })).outcome).toBe("allow");
    expect(await ask(at(tenant), "b", "0.01", { feature: "chat" })).toMatchObject({
      outcome: "deny",
      reasons: [{ spentUsd: "2.5", heldUsd: "7.5" }],
    });
    expect((await ask(at(tenant), "c", "100", { feature: "other" })).outcome).toBe("allow");
  });
  it("counts a settled call until the ledger has it, and then once", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant, { subject: { kind: "user", key: "ada" } });
    await ask(at(tenant), "x", "2.5", { userId: "ada" });
    await settle(at(tenant), { key: "x", actual: { costUsd: "2.5" } });
    const spent = async (when: Date) =>
      (await check(at(tenant, when), { userId: "ada", estimate: { costUsd: "0" } })).budgets[0]?.spentUsd;
    expect(await spent(after(1))).toBe("2.5");
    // Its event is late: hours after, what was settled still counts.
    expect(await spent(after(7_200))).toBe("2.5");
    await recordCalls(
      at(tenant, after(60)),
      { calls: [call("x", 1_000_000)] },
      { source: "test", anyAge: true },
    );
    while ((await rollUp(at(tenant, after(60)))).more);
    expect(await spent(after(7_200))).toBe("2.5");
  });
  it("is priced by usage where no amount is said, at the tenant's rates", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant);
    const estimate = {
      provider: "openai",
      model: "gpt-4o",
      usage: { inputTokens: 400_000, outputTokens: 100_000 },
    };
    // 0.4 M × $2.50 + 0.1 M × $10.
    expect(await reserve(at(tenant), { key: "a", estimate })).toMatchObject({
      outcome: "allow",
      heldUsd: "2",
    });
    const unknown = { model: "nobody-knows", usage: { inputTokens: 10 } };
    expect(await reserve(at(tenant), { key: "b", estimate: unknown })).toMatchObject({
      outcome: "needs-ack",
      reasons: [{ kind: "unpriced", model: "nobody-knows" }],
      heldUsd: null,
    });
    expect(await reserve(at(tenant), { key: "b", estimate: unknown, acknowledged: true })).toMatchObject({
      outcome: "allow",
    });
  });
});

describe("budgets of other periods and subjects", () => {
  it("a day's cap begins anew with the tenant's day", async () => {
    const tenant = await makeTenant({ timeZone: "America/New_York" });
    await setBudget(tenant, { period: "day", amountUsd: "1" });
    const evening = new Date("2026-11-21T04:59:00Z");
    const midnight = new Date("2026-11-21T05:00:00Z");
    await ask(at(tenant, evening), "a", "1", { leaseSeconds: 3_600 });
    expect((await ask(at(tenant, evening), "b", "0.5")).outcome).toBe("deny");
    expect((await ask(at(tenant, midnight), "c", "1")).outcome).toBe("allow");
    // Settled on the day that it was held on.
    await settle(at(tenant, midnight), { key: "a", actual: { costUsd: "1" } });
    expect(await balance(tenant, midnight)).toMatchObject({ heldUsd: "1", settledUsd: "0" });
  });
  it("the user's, the team's and everybody's all hold; the first that denies is told", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant, { amountUsd: "100" });
    const team = await setBudget(tenant, { subject: { kind: "team", key: "growth" }, amountUsd: "5" });
    await setBudget(tenant, { subject: { kind: "user", key: "ada" }, amountUsd: "50" });
    const tags = { team: "growth", userId: "ada" };
    expect((await ask(at(tenant), "a", "5", tags)).outcome).toBe("allow");
    expect(await ask(at(tenant), "b", "1", tags)).toMatchObject({
      outcome: "deny",
      reasons: [{ budgetId: team }],
    });
    const balances = await gateBalances(at(tenant));
    expect(balances.map(({ heldUsd }) => heldUsd)).toEqual(["5", "5", "5"]);
  });
  it("a key's pinned team is asked about, whatever the caller says", async () => {
    const tenant = await makeTenant();
    await setBudget(tenant, { subject: { kind: "team", key: "growth" }, amountUsd: "1" });
    const key = {
      kind: "key" as const,
      keyId: randomUUID(),
      scopes: ["gate" as const],
      pins: { team: "growth" },
    } satisfies Actor;
    const ctx = contextOf(tenant, key, now);
    expect((await ask(ctx, "a", "2", { team: "elsewhere" })).outcome).toBe("deny");
  });
});

describe("runs and loops", () => {
  it("a run's tightest limit holds for all of its steps", async () => {
    const tenant = await makeTenant();
    const step = (key: string, run: object, usd = "1") =>
      ask(at(tenant), key, usd, { run: { id: "r", ...run } });
    expect((await step("1", { limitUsd: "3" })).outcome).toBe("allow");
    expect((await step("2", { limitUsd: "50" })).outcome).toBe("allow");
    expect((await step("3", {}, "1.01")).outcome).toBe("deny");
    await settle(at(tenant), { key: "1", actual: { costUsd: "0.5" } });
    expect((await step("3", {}, "1.5")).outcome).toBe("allow");
  });
  it("the same prompt for the same feature and user again and again is stopped within the minute, and passes after a pause", async () => {
    const tenant = await makeTenant();
    await setGateSettings(at(tenant), { loopPerMinute: 10 });
    const again = (n: number, seconds: number, promptHash = "p1") =>
      ask(at(tenant, after(seconds)), `${promptHash}-${String(n)}`, "0.01", {
        feature: "agent",
        userId: "ada",
        promptHash,
      });
    const outcomes: string[] = [];
    for (let n = 1; n <= 12; n += 1) outcomes.push((await again(n, n)).outcome);
    expect(outcomes).toEqual([...Array<string>(10).fill("allow"), "deny", "deny"]);
    expect((await again(1, 13, "p2")).outcome).toBe("allow");
    expect((await again(13, 200)).outcome).toBe("allow");
  });
  it("dollars a minute are a loop too", async () => {
    const tenant = await makeTenant();
    await setGateSettings(at(tenant), { usdPerMinute: "1" });
    const tags = { feature: "agent", userId: "ada" };
    expect((await ask(at(tenant), "a", "0.9", tags)).outcome).toBe("allow");
    expect((await ask(at(tenant), "b", "0.2", tags)).outcome).toBe("deny");
    expect((await ask(at(tenant), "c", "0.2", { ...tags, userId: "bob" })).outcome).toBe("allow");
  });
});

it("what is stored adds up: held is the sum of leases, settled of settlements", async () => {
  const tenant = await makeTenant();
  await setBudget(tenant, { amountUsd: "100000" });
  let seed = 7;
  const random = () => (seed = (seed * 48_271) % 2_147_483_647) / 2_147_483_647;
  let settledUsd = new Usd(0);
  let heldUsd = new Usd(0);
  for (let round = 0; round < 20; round += 1) {
    await Promise.all(
      Array.from({ length: 20 }, async (_, n) => {
        const key = `${String(round)}-${String(n)}`;
        const estimate = (random() * 2).toFixed(6);
        const cost = (random() * 2).toFixed(9);
        const fate = random();
        await ask(at(tenant), key, estimate);
        if (fate < 0.2) heldUsd = heldUsd.plus(estimate);
        else if (fate < 0.4) await settle(at(tenant), { key });
        else {
          await settle(at(tenant), { key, actual: { costUsd: cost } });
          settledUsd = settledUsd.plus(cost);
        }
      }),
    );
  }
  expect(await balance(tenant)).toMatchObject({
    heldUsd: heldUsd.toFixed(),
    settledUsd: settledUsd.toFixed(),
  });
});
