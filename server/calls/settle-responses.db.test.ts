import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { asAdmin, contextOf, ingestKey, loadPrices, makeTenant, system } from "@/tests/factories/tenant";
import { recordCalls } from "./record";
import { settleResponses } from "./settle-responses";

const now = new Date("2026-11-20T12:00:00Z");
const at = "2026-11-20T11:00:00Z";

interface Told {
  source: string;
  call: Record<string, unknown>;
}

const report = (source: string, id: string, more: Record<string, unknown> = {}): Told => ({
  source,
  call: {
    id, occurredAt: at, provider: "openai", model: "gpt-4o", providerRequestId: "chatcmpl-abcdef",
    usage: { inputTokens: 1_000, outputTokens: 100 }, ...more,
  },
}); // prettier-ignore

async function tell(tenant: Tenant, { source, call }: Told) {
  return recordCalls(contextOf(tenant, ingestKey, now), { calls: [call] }, { source });
}
const settle = (tenant: Tenant) => settleResponses(contextOf(tenant, system, now));
const ledger = (tenant: Tenant) =>
  asAdmin(
    `SELECT call_id, feature, user_id, cost_usd::text AS cost FROM call WHERE tenant_id = $1 ORDER BY call_id`,
    [tenant.id],
  );
const linked = (tenant: Tenant) =>
  asAdmin(`SELECT call_id, counted_id, reason FROM call_linked WHERE tenant_id = $1 ORDER BY call_id`, [
    tenant.id,
  ]);

describe("one response that several report", () => {
  beforeAll(() => loadPrices(now));

  it("is one cost, and the second report is kept beside it", async () => {
    const tenant = await makeTenant();
    expect(await tell(tenant, report("otlp", "span"))).toMatchObject({ accepted: 1 });
    const answer = await tell(tenant, report("litellm", "gateway"));
    expect(answer).toEqual({
      accepted: 1,
      linked: 1,
      duplicates: 0,
      rejected: [],
      unattributed: 1,
      unpriced: 0,
    });
    expect(await ledger(tenant)).toHaveLength(1);
    expect(await linked(tenant)).toHaveLength(1);
    expect(await tell(tenant, report("litellm", "gateway"))).toMatchObject({ accepted: 0, duplicates: 1 });
  });

  it("is one within a batch too", async () => {
    const tenant = await makeTenant();
    const calls = [report("otlp", "a").call, report("otlp", "b").call];
    const answer = await recordCalls(contextOf(tenant, ingestKey, now), { calls }, { source: "otlp" });
    expect(answer).toMatchObject({ accepted: 2, linked: 1 });
    expect(await ledger(tenant)).toHaveLength(1);
  });

  it("counts the report that tells cached tokens apart, with the tags that the other had", async () => {
    const tenant = await makeTenant();
    await tell(tenant, report("api", "program", { feature: "chat", userId: "ann" }));
    await tell(
      tenant,
      report("litellm", "gateway", {
        usage: { inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 800 },
      }),
    );
    expect(await settle(tenant)).toBe(1);
    // 200 × $2.50 + 800 × $1.25 + 100 × $10, per million
    expect(await ledger(tenant)).toEqual([
      { call_id: "gateway", feature: "chat", user_id: "ann", cost: "0.002500000000000000" },
    ]);
    expect(await linked(tenant)).toEqual([{ call_id: "program", counted_id: "gateway", reason: "response" }]);
    expect(await settle(tenant)).toBe(0);
  });

  it("ends in the same ledger whatever the order of arrival", async () => {
    const told = [
      report("api", "program", { feature: "chat", usage: { inputTokens: 900, outputTokens: 100 } }),
      report("litellm", "gateway", {
        team: "core",
        usage: { inputTokens: 1_000, outputTokens: 100, cacheReadTokens: 800 },
      }),
      report("otlp", "span", { userId: "ann" }),
      report("otlp", "other", { providerRequestId: "chatcmpl-another", feature: "search" }),
    ];
    const seen = new Set<string>();
    const order = fc.shuffledSubarray(told, { minLength: told.length, maxLength: told.length });
    const run = fc.asyncProperty(
      order,
      fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
      async (calls, pauses) => {
        const tenant = await makeTenant();
        for (const [n, call] of calls.entries()) {
          await tell(tenant, call);
          if (pauses[n]) await settle(tenant);
        }
        await settle(tenant);
        seen.add(JSON.stringify(await ledger(tenant)));
      },
    );
    await fc.assert(run, { numRuns: 24 });
    expect([...seen]).toHaveLength(1);
    expect([...seen][0]).toContain('"call_id":"gateway","feature":"chat","user_id":"ann"');
  }, 60_000);

  it.each([
    {
      name: "ids too short to name a response",
      first: { providerRequestId: "1" },
      second: { providerRequestId: "1" },
    },
    { name: "the same id days apart", first: { occurredAt: "2026-11-10T11:00:00Z" }, second: {} },
    { name: "other responses", first: {}, second: { providerRequestId: "chatcmpl-fedcba" } },
  ])("leaves two calls two: $name", async ({ first, second }) => {
    const tenant = await makeTenant();
    await tell(tenant, report("otlp", "a", first));
    expect(await tell(tenant, report("litellm", "b", second))).toMatchObject({ accepted: 1, rejected: [] });
    expect(await ledger(tenant)).toHaveLength(2);
  });

  it("is another tenant's own", async () => {
    const [one, other] = [await makeTenant(), await makeTenant()];
    await tell(one, report("otlp", "a"));
    await tell(other, report("litellm", "b"));
    expect([await ledger(one), await ledger(other)].map((rows) => rows.length)).toEqual([1, 1]);
  });
});
