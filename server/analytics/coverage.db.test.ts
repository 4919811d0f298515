import { beforeAll, describe, expect, it } from "vitest";
import { setTagPolicy } from "@/server/attribution/set-tag-policy";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { createKey } from "@/server/keys/create";
import { Usd } from "@/server/prices/decimal";
import { rollUp } from "@/server/rollups/roll-up";
import { contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { coverage } from "./coverage";
import { requestCost } from "./request-cost";
import { retryTax } from "./retry-tax";
import { spend } from "./spend";

const now = new Date("2026-11-20T12:00:00Z");
const range = { from: "2026-11-01", to: "2026-11-21" };
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);
const admin = (tenant: Tenant) => contextOf(tenant, personWith("admin"), now);
/** gpt-4o: $0.0035 a call. */
const call = (id: string, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 1000, outputTokens: 100 },
  ...more,
});

async function store(tenant: Tenant, calls: unknown[], keyId: string | null = null): Promise<void> {
  const answer = await recordCalls(
    contextOf(tenant, system, now),
    { calls },
    { source: "api", sender: { keyId, pins: {} } },
  );
  expect(answer.rejected).toEqual([]);
  await rollUp(contextOf(tenant, system, now));
}
const sum = (rows: readonly { costUsd: string }[]) =>
  rows.reduce((total, row) => total.add(row.costUsd), new Usd(0)).toFixed();

beforeAll(() => loadPrices(now));

describe("coverage", () => {
  it("says how much is attributed, and where the rest comes from", async () => {
    const tenant = await makeTenant();
    const key = await createKey(admin(tenant), { name: "Checkout", scopes: ["ingest"] });
    await store(tenant, [call("a", { feature: "chat", userId: "u" }), call("b", { feature: "chat" })]);
    await store(
      tenant,
      [
        call("c", { route: "/chat", prompt: { id: "p" } }),
        call("d", { prompt: { id: "p" } }),
        call("e", {}),
        call("f", { model: "in-house-7b", provider: "acme" }),
      ],
      key.id,
    );
    const answer = await coverage(reader(tenant), range);
    expect(answer.total).toEqual({ calls: 6, costUsd: "0.0175", unpricedCalls: 1 });
    expect(answer.wanted).toEqual(["feature"]);
    expect(answer.attributed).toEqual({ calls: 2, costUsd: "0.007", unpricedCalls: 0 });
    expect(answer.score).toBe("0.4");
    expect(answer.tags.find(({ tag }) => tag === "userId")).toMatchObject({
      mode: "accept",
      calls: 1,
      costShare: "0.2",
      callShare: "0.166667",
    });
    const sites = answer.origins.callSite.map(({ kind, value, costUsd, unpricedCalls }) => [kind, value, costUsd, unpricedCalls]); // prettier-ignore
    expect(sites).toEqual([
      ["route", "/chat", "0.0035", 0],
      ["model", "gpt-4o", "0.0035", 0],
      ["prompt", "p", "0.0035", 0],
      ["model", "in-house-7b", "0", 1],
    ]);
    expect(answer.origins.key).toMatchObject([
      { value: key.id, name: "Checkout", calls: 4, costUsd: "0.0105" },
    ]);
    expect(answer.origins.source).toMatchObject([{ value: "api", calls: 4, costUsd: "0.0105" }]);
  });

  it("scores by every tag that the tenant wants together", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("a", { feature: "chat", userId: "u", prompt: { id: "p" } }),
      call("b", { feature: "chat", userId: "u" }),
      call("c", { feature: "chat", prompt: { id: "p" } }),
      call("d", { userId: "u", prompt: { id: "p" } }),
    ]);
    const scores: (string | null)[] = [];
    for (const tagPolicy of [
      { feature: "unattributed", prompt: "reject" },
      { feature: "unattributed", userId: "reject" },
      { feature: "unattributed", userId: "reject", prompt: "unattributed" },
      { feature: "accept" },
    ] as const) {
      await setTagPolicy(admin(tenant), { tagPolicy });
      scores.push((await coverage(reader(tenant), range)).score);
    }
    expect(scores).toEqual(["0.5", "0.5", "0.25", null]);
  });

  it("adds up with shares, and gathers what is beyond the dearest fifty", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("shared", { shares: [{ userId: "a", feature: "chat", weight: 2 }, { userId: "b" }, { userId: "c" }] }),
      ...Array.from({ length: 70 }, (_, at) => call(`c${String(at)}`, { route: `/r${String(at)}` })),
    ]); // prettier-ignore
    const { total, attributed, origins } = await coverage(reader(tenant), range);
    expect(total).toMatchObject({ costUsd: "0.2485" });
    const unattributed = new Usd(total.costUsd).sub(attributed?.costUsd ?? 0).toFixed();
    for (const rows of Object.values(origins)) expect(sum(rows)).toBe(unattributed);
    expect(origins.callSite).toHaveLength(51);
    const values = origins.callSite.reduce((count, row) => count + row.values, 0);
    expect(origins.callSite.at(-1)).toMatchObject({ isRest: true, value: null, values: 21 });
    expect(values).toBe(71);
  });

  it("refuses more than 92 days and an actor without the right", async () => {
    const tenant = await makeTenant();
    await expect(coverage(reader(tenant), { from: "2026-01-01", to: "2026-11-01" })).rejects.toMatchObject({ code: "INVALID_INPUT" }); // prettier-ignore
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(coverage(ingest, range)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

describe("the retry tax", () => {
  it("is what attempts beyond the first cost, by feature and by what failed before", async () => {
    const tenant = await makeTenant();
    const failed = { errorClass: "timeout", billed: "unknown" };
    await store(tenant, [
      call("a1", { feature: "chat", rootRequestId: "a", attempt: 1, ...failed }),
      call("a2", { feature: "chat", rootRequestId: "a", attempt: 2, errorClass: "overloaded", billed: "no" }),
      call("a3", { feature: "chat", rootRequestId: "a", attempt: 3 }),
      call("b2", { feature: "mail", attempt: 2 }),
      call("c1", { feature: "mail", rootRequestId: "c" }),
    ]);
    const answer = await retryTax(reader(tenant), range);
    expect(answer.total).toMatchObject({
      retryCalls: 3,
      retryCostUsd: "0.007",
      costUsd: "0.014",
      retryShare: "0.5",
    });
    expect(answer.byFeature).toMatchObject([
      { feature: "chat", retryCalls: 2, retryCostUsd: "0.0035" },
      { feature: "mail", retryCalls: 1, retryCostUsd: "0.0035" },
    ]);
    expect(answer.byErrorClass).toEqual([
      { errorClass: "overloaded", calls: 1, costUsd: "0.0035", unpricedCalls: 0 },
      { errorClass: null, calls: 1, costUsd: "0.0035", unpricedCalls: 0 },
      { errorClass: "timeout", calls: 1, costUsd: "0", unpricedCalls: 0 },
    ]);
    expect(sum(answer.byErrorClass)).toBe(answer.total.retryCostUsd);
    expect(answer.billedFailed).toEqual([
      { errorClass: "timeout", calls: 1, costUsd: "0.0035", unknownCalls: 1, unknownCostUsd: "0.0035" },
    ]);
    const report = await spend(reader(tenant), range);
    expect(report.total.retryCostUsd).toBe(answer.total.retryCostUsd);
  });

  it("is told of one request as the sum of its attempts", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      call("a1", { rootRequestId: "a", errorClass: "timeout", billed: "no" }),
      call("a2", { rootRequestId: "a", attempt: 2, shares: [{ userId: "u" }, { userId: "v" }] }),
      call("a3", { rootRequestId: "a", attempt: 3, model: "in-house-7b", provider: "acme" }),
      call("z", { rootRequestId: "z" }),
    ]);
    const answer = await requestCost(reader(tenant), { rootRequestId: "a", at: "2026-11-20T11:00:00Z" });
    expect(answer).toMatchObject({ costUsd: "0.0035", unpricedAttempts: 1, truncated: false });
    expect(answer.attempts.map(({ id, costUsd }) => [id, costUsd])).toEqual([
      ["a1", "0"],
      ["a2", "0.0035"],
      ["a3", null],
    ]);
  });
});
