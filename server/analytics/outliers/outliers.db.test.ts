import { beforeAll, describe, expect, it } from "vitest";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { outliers } from "./outliers";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);
beforeAll(() => loadPrices(now));

/** gpt-4o: $2.50 a million. */
const call = (id: string, inputTokens: number, more: object = {}) => ({
  id,
  occurredAt: "2026-11-20T11:00:00Z",
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens },
  ...more,
});
async function store(tenant: Tenant, calls: unknown[]): Promise<void> {
  const answer = await recordCalls(contextOf(tenant, system, now), { calls }, { source: "api" });
  expect(answer.rejected).toEqual([]);
}
const some = (
  count: number,
  name: string,
  more: object = {},
  tokensOf: (n: number) => number = () => 1_000,
) => Array.from({ length: count }, (_, n) => call(`${name}-${String(n)}`, tokensOf(n), more));

describe("the dearest calls", () => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant();
    await store(tenant, [
      // A median of 1,000 tokens: ten times that is not beyond it, a token more is.
      ...some(20, "chat", { feature: "chat" }),
      call("at", 10_000, { feature: "chat" }),
      call("beyond", 10_001, { feature: "chat", userId: "ada" }),
      // 19 that cost something: free and unpriced ones make no median.
      ...some(18, "few", { feature: "few" }),
      ...some(30, "free", { feature: "few", errorClass: "refused", billed: "no" }),
      call("unpriced", 99_000_000, { feature: "few", provider: "acme", model: "in-house-7b" }),
      call("huge", 1_000_000, { feature: "few" }),
      // Nobody's are compared with each other.
      ...some(21, "bare", {}, (n) => 100 + n),
      call("odd", 2_000),
      // Shares of a call count together, as their first one's feature.
      call("shared", 30_000, { feature: "chat", shares: [{ feature: "chat", userId: "eve" }, { feature: "few", weight: 2 }] }),
      // A day and a millisecond ago.
      call("old", 5_000_000, { feature: "chat", occurredAt: "2026-11-19T11:59:59.999Z" }),
    ]); // prettier-ignore
  });
  const told = ({ calls }: Awaited<ReturnType<typeof outliers>>) =>
    calls.filter(({ isOutlier }) => isOutlier).map(({ id, costUsd, medianUsd, ratio, featureCalls }) => [id, costUsd, medianUsd, ratio, featureCalls]); // prettier-ignore

  it("are marked beyond ten times their feature's median", async () => {
    const answer = await outliers(reader(tenant), {});
    // 23 calls of chat: 20, the three that stand out.
    expect(told(answer)).toEqual([
      [expect.stringMatching(/^shared/), "0.075", "0.0025", "30", 23],
      ["beyond", "0.0250025", "0.0025", "10", 23],
      ["odd", "0.005", "0.000275", "18.18", 22],
    ]);
    expect(answer.calls.slice(0, 4).map(({ id }) => id.slice(0, 6))).toEqual(["huge", "shared", "beyond", "at"]);
    expect(answer.calls[0]).toMatchObject({ medianUsd: null, ratio: null, featureCalls: null, isOutlier: false });
    expect(answer.calls[1]).toMatchObject({ inputTokens: 30_000, feature: "chat" });
    expect(answer.calls).toHaveLength(94);
    const rows = await asAdmin("SELECT trim_scale(sum(cost_usd))::text AS cost FROM call WHERE tenant_id = $1 AND occurred_at >= '2026-11-19T12:00:00Z'", [tenant.id]); // prettier-ignore
    expect(answer.total).toEqual({ calls: 95, unpricedCalls: 1, costUsd: rows[0]?.cost, outliers: 3, outliersUsd: "0.1050025" }); // prettier-ignore
  }); // prettier-ignore

  it("are those asked for, compared with all", async () => {
    const ada = await outliers(reader(tenant), { filter: { user: ["ada"] } });
    expect(told(ada)).toEqual([["beyond", "0.0250025", "0.0025", "10", 23]]);
    expect(ada.total).toEqual({ calls: 1, unpricedCalls: 0, costUsd: "0.0250025", outliers: 1, outliersUsd: "0.0250025" }); // prettier-ignore
    const one = await outliers(reader(tenant), { limit: 1, filter: { feature: ["chat"] } });
    expect([one.calls.length, one.total.outliers]).toEqual([1, 2]);
    const longer = await outliers(reader(tenant), { hours: 25 });
    expect(longer.calls[0]?.id).toBe("old");
    const nobody = await outliers(reader(tenant), { filter: { feature: ["none"] } });
    expect([nobody.calls, nobody.total]).toEqual([[], { calls: 0, unpricedCalls: 0, costUsd: "0", outliers: 0, outliersUsd: "0" }]); // prettier-ignore
  });

  it("are of a week at most, and for whom may read calls", async () => {
    await expect(outliers(reader(tenant), { hours: 169 })).rejects.toThrow();
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(outliers(ingest, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});

it("has the medians of a plain count", async () => {
  const tenant = await makeTenant();
  const calls = Array.from({ length: 400 }, (_, n) =>
    call(`c${String(n)}`, 100 + ((n * 7919) % 5003) * (n % 40 === 0 ? 50 : 1), {
      feature: `f${String(n % 7)}`,
    }),
  );
  await store(tenant, calls);
  const plain = await asAdmin<{ feature: string; costs: string[] }>(
    "SELECT feature, array_agg(trim_scale(cost_usd)::text ORDER BY cost_usd) AS costs FROM call WHERE tenant_id = $1 GROUP BY 1",
    [tenant.id],
  );
  const medians = new Map(
    plain.map(({ feature, costs }) => [feature, costs[Math.ceil(costs.length / 2) - 1]]),
  );
  const answer = await outliers(reader(tenant), {});
  expect(answer.calls).toHaveLength(100);
  for (const { feature, medianUsd, costUsd, isOutlier } of answer.calls) {
    expect(medianUsd).toBe(medians.get(feature ?? ""));
    expect(isOutlier).toBe(Number(costUsd) > 10 * Number(medianUsd));
  }
  const expected = plain.flatMap(({ feature, costs }) => costs.filter((cost) => Number(cost) > 10 * Number(medians.get(feature)))); // prettier-ignore
  expect(answer.total.outliers).toBe(expected.length);
  expect(expected.length).toBeGreaterThan(5);
});
