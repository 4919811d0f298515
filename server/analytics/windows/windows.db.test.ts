import { beforeAll, describe, expect, it } from "vitest";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { growth } from "./growth";
import { windows } from "./windows";
import type { WindowName } from "./windows-schemas";

const hourMs = 3_600_000;
const reader = (tenant: Tenant, now: Date) => contextOf(tenant, personWith("viewer"), now);

beforeAll(async () => {
  await loadPrices(new Date("2026-01-01T00:00:00Z"));
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

async function store(tenant: Tenant, now: Date, calls: unknown[]): Promise<void> {
  const ctx = contextOf(tenant, system, now);
  for (let from = 0; from < calls.length; from += 1_000) {
    const answer = await recordCalls(ctx, { calls: calls.slice(from, from + 1_000) }, { source: "test", anyAge: true }); // prettier-ignore
    expect(answer.rejected).toEqual([]);
  }
  while ((await rollUp(ctx)).more);
}

/** Two months of calls until now, one every 97 minutes and one just before and after each edge of a window. */
function callsUntil(now: Date, edges: readonly Date[]): object[] {
  const regular = Array.from({ length: 950 }, (_, n) => now.getTime() - 1 - n * 97 * 60_000);
  const instants = [...regular, ...edges.flatMap((at) => [at.getTime() - 1, at.getTime()])];
  return instants
    .filter((at) => at < now.getTime())
    .map((at, n) => ({
      id: `c${String(n)}`,
      occurredAt: new Date(at).toISOString(),
      ...(n % 13 === 5 ? { provider: "acme", model: "in-house-7b" } : { provider: "openai", model: n % 3 === 0 ? "gpt-4o-mini" : "gpt-4o" }),
      feature: n % 5 === 4 ? undefined : n % 2 === 0 ? "chat" : "mail",
      userId: n % 11 === 0 ? undefined : `user-${String(n % 9)}`,
      prompt: n % 4 === 0 ? { id: "greeting", version: "1" } : undefined,
      ...(n % 10 === 9 ? { errorClass: "timeout", billed: "yes" } : {}),
      attempt: n % 17 === 3 ? 2 : 1,
      latencyMs: 100 + n,
      usage: { inputTokens: 1_000 + n * 31, outputTokens: n % 19, cacheReadTokens: n % 6 === 0 ? 200 : 0 },
    }));
} // prettier-ignore

const plainly = (tenant: Tenant, key: string, from: Date, to: Date, where = "true") =>
  asAdmin(
    `SELECT ${key} AS key, count(*)::int AS calls, trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd",
       sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)::int AS "inputTokens",
       sum(visible_output_tokens + reasoning_tokens + audio_output_tokens)::int AS "outputTokens", sum(cache_read_tokens)::int AS "cacheReadTokens",
       sum((cost_usd IS NULL)::int)::int AS "unpricedCalls", sum((error_class IS NOT NULL)::int)::int AS "errorCalls",
       sum((attempt > 1)::int)::int AS "retryCalls", trim_scale(coalesce(sum(CASE WHEN attempt > 1 THEN cost_usd END), 0))::text AS "retryCostUsd",
       sum(latency_ms)::int AS "latencyMs"
     FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND ${where} GROUP BY 1`,
    [tenant.id, from, to],
  );

const nows = [
  { timeZone: "America/New_York", now: new Date("2026-11-05T17:20:00Z") },
  { timeZone: "America/New_York", now: new Date("2026-03-10T03:50:00Z") },
  { timeZone: "Australia/Lord_Howe", now: new Date("2026-10-08T21:05:00Z") },
  { timeZone: "Asia/Kolkata", now: new Date("2026-10-27T20:59:59Z") },
];

describe.each(nows)("windows in $timeZone at $now", ({ timeZone, now }) => {
  let tenant: Tenant;
  const today = localDay(now, timeZone);
  const start = (back: number) => startOfDay(addDays(today, -back), timeZone);
  const elapsed = Math.floor((now.getTime() - start(0).getTime()) / (hourMs / 4)) * (hourMs / 4);
  const before = (days: number) =>
    new Date(Math.min(start(days).getTime() + elapsed, start(days - 1).getTime()));
  const bounds: Record<WindowName, [Date, Date]> = {
    last7: [start(6), start(-1)],
    previous7: [start(13), before(7)],
    last30: [start(29), start(-1)],
    previous30: [start(59), before(30)],
  };
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await store(tenant, now, callsUntil(now, Object.values(bounds).flat()));
  });
  const columns = {
    feature: "feature",
    user: "user_id",
    model: "model",
    promptVersion: "prompt_version",
  } as const;

  it.each(Object.keys(columns) as (keyof typeof columns)[])(
    "are those of a plain GROUP BY, by %s",
    async (groupBy) => {
      const filter = groupBy === "model" ? { feature: ["chat", null], provider: { not: ["acme"] } } : {};
      const where =
        groupBy === "model" ? "coalesce(feature, '') IN ('chat', '') AND provider <> 'acme'" : "true";
      const answer = await windows(reader(tenant, now), { groupBy, filter });
      for (const [name, [from, to]] of Object.entries(bounds) as [WindowName, [Date, Date]][]) {
        expect(answer.windows[name]).toEqual({ from: from.toISOString(), to: to.toISOString() });
        const plain = new Map(
          (await plainly(tenant, columns[groupBy], from, to, where)).map((row) => [row.key, row]),
        );
        for (const row of answer.rows) {
          if (row[name].calls > 0)
            expect({ key: row.key, ...row[name] }).toMatchObject(plain.get(row.key) ?? {});
          else expect(plain.has(row.key)).toBe(false);
          plain.delete(row.key);
        }
        expect([...plain]).toEqual([]);
        const [total] = await plainly(tenant, "NULL", from, to, where);
        expect({ key: null, ...answer.total[name] }).toMatchObject(total ?? { key: "none" });
      }
      const cumulative = Number(answer.rows.at(-1)?.cumulativeShare);
      expect(cumulative).toBeCloseTo(1, 5);
      const costs = answer.rows.map(({ last30 }) => Number(last30.costUsd));
      expect(costs).toEqual([...costs].sort((one, other) => other - one));
      expect(answer.groups).toBe(answer.rows.length);
    },
  );

  it("page, and order by the week", async () => {
    const all = await windows(reader(tenant, now), { groupBy: "user", order: "last7" });
    const page = await windows(reader(tenant, now), { groupBy: "user", order: "last7", offset: 2, limit: 3 });
    expect(page.rows).toEqual(all.rows.slice(2, 5));
    expect([page.groups, page.total]).toEqual([all.groups, all.total]);
    const [first] = all.rows;
    expect(Number(first?.change7Usd)).toBeCloseTo(Number(first?.last7.costUsd) - Number(first?.previous7.costUsd), 12); // prettier-ignore
    expect(Number(first?.costShares.last7)).toBeCloseTo(Number(first?.last7.costUsd) / Number(all.total.last7.costUsd), 5); // prettier-ignore
  });
});

it("are empty before the first call", async () => {
  const tenant = await makeTenant();
  const answer = await windows(reader(tenant, new Date("2026-11-20T12:00:00Z")), { groupBy: "feature" });
  expect([answer.rows, answer.groups]).toEqual([[], 0]);
  expect(answer.total).toMatchObject({ last7: { calls: 0, costUsd: "0" }, change30Usd: "0" });
});

describe("growth", () => {
  const now = new Date("2026-11-20T12:00:00Z");
  const call = (id: string, day: string, feature: string, inputTokens: number, more: object = {}) => ({
    id, occurredAt: `${day}T11:30:00Z`, provider: "openai", model: "gpt-4o", feature, usage: { inputTokens }, ...more,
  }); // prettier-ignore
  const many = (count: number, day: string, feature: string, inputTokens: number) =>
    Array.from({ length: count }, (_, n) =>
      call(`${feature}-${day}-${String(n)}`, day, feature, inputTokens),
    );
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant();
    await store(tenant, now, [
      ...many(20, "2026-11-19", "chat", 60_000),
      ...many(20, "2026-11-12", "chat", 40_000),
      ...many(20, "2026-11-19", "tiny", 100),
      ...many(20, "2026-11-12", "tiny", 10),
      ...many(30, "2026-11-18", "fresh", 50_000),
      ...many(19, "2026-11-18", "rare", 99_000),
      // Today has not come so far: it is not compared with.
      call("late", "2026-11-13", "chat", 900_000, { occurredAt: "2026-11-13T12:00:00Z" }),
    ]);
  });

  it("has a floor, tells what is new, and compares with the same time of day", async () => {
    const answer = await growth(reader(tenant, now), {});
    expect(answer.rows.map(({ key, changeUsd, changeRatio, isNew }) => [key, changeUsd, changeRatio, isNew])).toEqual([
      ["chat", "1", "0.5", false],
      ["fresh", "3.75", null, true],
    ]); // prettier-ignore
    expect(answer).toMatchObject({ groups: 2, previous: { from: "2026-11-07T00:00:00.000Z", to: "2026-11-13T12:00:00.000Z" } }); // prettier-ignore
    const all = await growth(reader(tenant, now), { minUsd: "0", minCalls: 0, order: "usd", limit: 2 });
    expect([all.groups, ...all.rows.map(({ key }) => key)]).toEqual([4, "rare", "fresh"]);
    const month = await growth(reader(tenant, now), { days: 30, groupBy: "model" });
    expect(month.rows).toMatchObject([{ key: "gpt-4o", isNew: true }]);
  });

  it("is for whom may read reports", async () => {
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(growth(ingest, {})).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(windows(ingest, { groupBy: "feature" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    const both = windows(reader(tenant, now), { groupBy: "user", filter: { prompt: ["p"] } });
    await expect(both).rejects.toMatchObject({ code: "INVALID_INPUT" });
  });
});
