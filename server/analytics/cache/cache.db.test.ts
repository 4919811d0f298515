import { beforeAll, describe, expect, it } from "vitest";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { addContractRates } from "@/server/contracts/add-contract-rates";
import { addDiscount } from "@/server/contracts/add-discount";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { oddDays, reportZones } from "@/tests/ledger/zoned-calls";
import { cache } from "./cache";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

const models = [
  ["openai", "gpt-4o"],
  ["anthropic", "claude-sonnet-4-5"],
  ["acme", "in-house-7b"],
] as const;
/** A call every 50 minutes for five local days around a change of the clock. */
function callsAround(day: string, zone: string): object[] {
  const [start, end] = [startOfDay(addDays(day, -2), zone).getTime(), startOfDay(addDays(day, 3), zone).getTime()];
  return Array.from({ length: Math.floor((end - start) / 3_000_000) }, (_, n) => {
    const [provider, model] = models[n % 7 === 6 ? 2 : n % 2] ?? models[0];
    const written = provider === "anthropic" ? { cacheWrite5mTokens: 100 + n, cacheWrite1hTokens: n % 4 === 1 ? 50 : 0 } : {};
    return {
      id: `${day}-${String(n)}`,
      occurredAt: new Date(start + n * 3_000_000).toISOString(),
      provider,
      model,
      feature: n % 5 === 4 ? undefined : n % 3 === 0 ? "mail" : "chat",
      team: n % 2 === 0 ? "red" : "blue",
      usage: { inputTokens: 2_000 + n * 3, outputTokens: 10, cacheReadTokens: 300 + n * 2, ...written },
    };
  });
} // prettier-ignore

async function store(tenant: Tenant, calls: unknown[]): Promise<void> {
  const ctx = contextOf(tenant, system, now);
  const answer = await recordCalls(ctx, { calls }, { source: "test", anyAge: true });
  expect(answer.rejected).toEqual([]);
  while ((await rollUp(ctx)).more);
}

const fresh =
  "fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens";
/**
 * What each call saved, told by the rates as they were agreed below: gpt-4o at $2.50 and $1.25, sonnet at $3, $0.30, $3.75
 * and $6, half of it all for `discount` on, and mail's gpt-4o at $2 and $0.40 for `contract` on.
 */
const plainly = (tenant: Tenant, key: string, from: Date, to: Date, discount: Date, contract: Date) =>
  asAdmin(
    `SELECT ${key} AS key, count(*)::int AS calls, sum(${fresh})::int AS "inputTokens", sum(cache_read_tokens)::int AS "cacheReadTokens",
       sum(cache_write_5m_tokens + cache_write_1h_tokens)::int AS "cacheWriteTokens", trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd",
       trim_scale(sum(saved) / 1000000)::text AS "savedByReadingUsd", trim_scale(sum(paid) / 1000000)::text AS "paidForWritingUsd",
       trim_scale(sum(saved - paid) / 1000000)::text AS "netSavingUsd",
       trim_scale(coalesce(sum(cost_usd), 0) + sum(saved - paid) / 1000000)::text AS "costWithoutCacheUsd",
       trim_scale(round(sum(cache_read_tokens)::numeric / sum(${fresh}), 6))::text AS "hitRate", (count(*) FILTER (WHERE cost_usd IS NULL))::int AS "unpricedCalls",
       sum(CASE WHEN provider = 'acme' THEN cache_read_tokens ELSE 0 END)::int AS "unratedTokens"
     FROM (
       SELECT *, CASE WHEN provider = 'anthropic' THEN half * 2.7 * cache_read_tokens WHEN provider = 'acme' THEN 0
           WHEN feature = 'mail' AND occurred_at >= $5 THEN 1.6 * cache_read_tokens ELSE half * 1.25 * cache_read_tokens END AS saved,
         CASE WHEN provider = 'anthropic' THEN half * (0.75 * cache_write_5m_tokens + 3 * cache_write_1h_tokens) ELSE 0 END AS paid
       FROM (SELECT *, CASE WHEN occurred_at >= $4 THEN 0.5 ELSE 1 END AS half FROM call
         WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3) AS c
     ) AS c GROUP BY 1 ORDER BY 1 NULLS LAST`,
    [tenant.id, from, to, discount, contract],
  );

describe.each(reportZones)("the cache in %s", (timeZone) => {
  const [, day] = oddDays(timeZone);
  const [first, last] = [addDays(day, -2), addDays(day, 3)];
  // In the middle of the days that are cut, and of a quarter hour's beginning.
  const discount = new Date(startOfDay(day, timeZone).getTime() + 5.25 * 3_600_000);
  const contract = new Date(startOfDay(addDays(day, 1), timeZone).getTime() + 9.5 * 3_600_000);
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await store(tenant, callsAround(day, timeZone));
    const finance = contextOf(tenant, personWith("finance"), now);
    await addDiscount(finance, { factor: "0.5", validFrom: discount.toISOString() });
    await addContractRates(finance, {
      provider: "openai",
      model: "gpt-4o",
      feature: "mail",
      validFrom: contract.toISOString(),
      rates: [
        { unit: "fresh_input", usd: "2" },
        { unit: "cache_read", usd: "0.4" },
        { unit: "visible_output", usd: "8" },
      ],
    });
  });
  const groups = ["feature", "team", "model"] as const;

  it.each(groups)(
    "saves by %s what its calls saved one by one, at the rates of their time",
    async (groupBy) => {
      const start = (one: string) => startOfDay(one, timeZone);
      const cutAt = new Date(start(day).getTime() + 7.25 * 3_600_000);
      for (const [from, to] of [
        [start(first), start(last)],
        [start(day), start(addDays(day, 1))],
        [new Date(start(first).getTime() + 900_000), cutAt],
      ] as const) {
        const answer = await cache(reader(tenant), { from: from.toISOString(), to: to.toISOString(), groupBy, order: "key" }); // prettier-ignore
        const isKnown = (one: Record<string, unknown>) => one.key !== "in-house-7b";
        const found = answer.rows.map(({ key, current }) => ({ key, ...current }));
        const expected = await plainly(tenant, groupBy, from, to, discount, contract);
        expect(found.filter(isKnown)).toEqual(expected.filter(isKnown));
        expect(found.length).toBe(expected.length);
        const [total] = await plainly(tenant, "NULL", from, to, discount, contract);
        expect({ key: null, ...answer.total.current }).toEqual(total);
      }
    },
  );

  it("adds up over days", async () => {
    const days = [-2, -1, 0, 1, 2].map((n) => addDays(day, n));
    const answers = await Promise.all(
      days.map((from) => cache(reader(tenant), { from, to: addDays(from, 1) })),
    );
    const { total } = await cache(reader(tenant), { from: first, to: last });
    const atoms = (usd: string | null) => Math.round(Number(usd) * 1e12);
    const sum = answers.reduce((all, one) => all + atoms(one.total.current.netSavingUsd), 0);
    expect(sum).toBe(atoms(total.current.netSavingUsd));
  });
});

describe("reports.cache", () => {
  let tenant: Tenant;
  const use = (id: string, at: string, more: object) => ({ id, occurredAt: at, provider: "openai", model: "gpt-4o", ...more }); // prettier-ignore
  beforeAll(async () => {
    tenant = await makeTenant();
    await store(tenant, [
      use("a", "2026-11-10T10:00:00Z", { feature: "chat", usage: { inputTokens: 1_000, cacheReadTokens: 400, outputTokens: 1 } }),
      use("b", "2026-11-10T10:00:00Z", { feature: "mail", usage: { inputTokens: 9_000, outputTokens: 1 } }),
      use("c", "2026-11-10T10:00:00Z", { feature: "own", provider: "acme", model: "in-house-7b", usage: { inputTokens: 500, cacheReadTokens: 100 } }),
      use("d", "2026-11-10T10:00:00Z", { feature: "tool", kind: "tool", provider: undefined, model: undefined }),
      use("e", "2026-11-03T10:00:00Z", { feature: "chat", usage: { inputTokens: 1_000, cacheReadTokens: 800 } }),
    ]); // prettier-ignore
  });
  const week = { from: "2026-11-08", to: "2026-11-15" };

  it("tells no rate from a rate of nothing, and no input from no hits", async () => {
    const { rows, total } = await cache(reader(tenant), week);
    expect(rows.map(({ key, current }) => [key, current.hitRate, current.netSavingUsd, current.unratedTokens])).toEqual([
      ["chat", "0.4", "0.0005", 0],
      ["mail", "0", "0", 0],
      ["tool", null, "0", 0],
      ["own", "0.2", null, 100],
    ]); // prettier-ignore
    expect(total.current).toMatchObject({ netSavingUsd: "0.0005", unratedTokens: 100, inputTokens: 10_500 });
  });

  it("compares with another stretch, pages, orders, filters and refuses", async () => {
    const compare = { from: "2026-11-01", to: "2026-11-08" };
    const { rows, groups, total } = await cache(reader(tenant), { ...week, compare, order: "inputTokens", offset: 1, limit: 1 }); // prettier-ignore
    expect([groups, rows.length, rows[0]?.key]).toEqual([4, 1, "chat"]);
    expect(rows[0]?.previous).toMatchObject({ hitRate: "0.8", netSavingUsd: "0.001" });
    expect(total.previous).toMatchObject({ calls: 1, netSavingUsd: "0.001" });
    const mail = await cache(reader(tenant), { ...week, filter: { feature: ["mail"] } });
    expect(mail.rows.map(({ key }) => key)).toEqual(["mail"]);
    const nobody = { ...week, groupBy: "prompt" as const, filter: { user: ["u"] } };
    await expect(cache(reader(tenant), nobody)).rejects.toMatchObject({ code: "INVALID_INPUT" });
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(cache(ingest, week)).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
