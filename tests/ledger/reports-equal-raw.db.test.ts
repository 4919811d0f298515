import { beforeAll, describe, expect, it } from "vitest";
import { breakdown } from "@/server/analytics/breakdown";
import { type Grouping, groupings, type SpendFilter } from "@/server/analytics/schemas";
import { spend } from "@/server/analytics/spend";
import { trend } from "@/server/analytics/trend";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Ctx, Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "../factories/tenant";

/** What reports say against a plain GROUP BY over raw calls, around the changes of clocks and over months that are summed. */
const now = new Date("2026-11-20T12:00:00Z");
const from = "2025-10-20";
const to = "2026-11-20";
/** Both changes of New York and of Lord Howe (by half an hour); Kolkata has none, and no whole hour. */
const places = [
  { zone: "America/New_York", around: ["2025-11-02", "2026-03-08", "2026-11-01"] },
  { zone: "Australia/Lord_Howe", around: ["2026-04-05", "2026-10-04", "2026-11-01"] },
  { zone: "Asia/Kolkata", around: ["2026-01-01", "2026-03-29", "2026-11-01"] },
];

const columns: Record<Grouping, string> = {
  feature: "feature",
  user: "user_id",
  account: "account_id",
  model: "model",
  provider: "provider",
  prompt: "prompt_id",
  promptVersion: "prompt_version",
  team: "team",
  environment: "environment",
  kind: "kind",
  error: "error_class",
};

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2025-09-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

const pick = <T>(values: readonly T[], n: number) => values[n % values.length];

function call(at: Date, n: number) {
  const errorClass = n % 11 === 0 ? pick(["timeout", "overloaded"], n) : undefined;
  return {
    id: `c-${String(n)}-${at.toISOString()}`,
    occurredAt: at.toISOString(),
    kind: "llm",
    provider: pick(["openai", "anthropic"], n),
    model: n % 13 === 0 ? "nobody-knows" : n % 2 === 0 ? "gpt-4o" : "claude-sonnet-4-5",
    feature: n % 7 === 0 ? undefined : pick(["chat", "search", "a_b%c"], n),
    team: pick(["red", "blue", undefined], n),
    environment: pick(["production", "staging"], n),
    userId: n % 5 === 0 ? undefined : `user-${String(n % 17)}`,
    accountId: `account-${String(n % 3)}`,
    prompt: n % 3 === 0 ? undefined : { id: `p${String(n % 4)}`, version: pick(["v1", "v2"], n) },
    attempt: 1 + (n % 19 === 0 ? 1 : 0),
    errorClass,
    latencyMs: n % 6 === 0 ? undefined : 100 + n,
    usage: errorClass
      ? undefined
      : { inputTokens: 1_000 + n, outputTokens: n % 97, cacheReadTokens: n % 301 },
  };
}

/** A call each 20 minutes for three days around each date, and one a day in between. */
async function fill(tenant: Tenant, zone: string, around: readonly string[]): Promise<number> {
  const dense = around.flatMap((day) => {
    const start = startOfDay(addDays(day, -1), zone).getTime();
    const end = startOfDay(addDays(day, 2), zone).getTime();
    return Array.from({ length: Math.floor((end - start) / 1_200_000) }, (_, i) => start + i * 1_200_000 + 7);
  });
  const sparse = Array.from(
    { length: 390 },
    (_, i) => startOfDay(addDays(from, i), zone).getTime() + 36_000_000,
  );
  const calls = [...dense, ...sparse]
    .filter((at) => at < now.getTime())
    .map((at, n) => call(new Date(at), n));
  const ctx = contextOf(tenant, system, now);
  for (let first = 0; first < calls.length; first += 1_000) {
    const batch = { calls: calls.slice(first, first + 1_000) };
    const answer = await recordCalls(ctx, batch, { source: "test", anyAge: true });
    expect(answer.rejected).toEqual([]);
  }
  while ((await rollUp(ctx)).more);
  return calls.length;
}

const figures = `count(*)::int AS calls, coalesce(sum(cost_usd), 0) AS cost,
  (count(*) FILTER (WHERE cost_usd IS NULL))::int AS unpriced, (count(*) FILTER (WHERE error_class IS NOT NULL))::int AS errors,
  coalesce(sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens), 0)::int AS input,
  coalesce(sum(visible_output_tokens + reasoning_tokens + audio_output_tokens), 0)::int AS output,
  coalesce(sum(latency_ms), 0)::int AS latency, count(latency_ms)::int AS told`;

type Plain = {
  key: string | null;
  bucket: string | null;
  calls: number;
  cost: string;
  unpriced: number;
  errors: number;
  input: number;
  output: number;
  latency: number;
  told: number;
};

/** The same by plain SQL. `where` is written by hand for each filter. */
async function plainly(
  tenant: Tenant,
  groupBy: Grouping | null,
  bucket: string,
  start: Date,
  end: Date,
  where = "true",
) {
  const rows = await asAdmin<Plain>(
    `SELECT ${groupBy ? columns[groupBy] : "NULL"} AS key, ${bucket} AS bucket, ${figures} FROM (
       SELECT *, nullif(model, '') AS m FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3) AS c
     WHERE ${where} GROUP BY 1, 2`,
    [tenant.id, start, end],
  );
  return rows.map((row) => ({ ...row, cost: plain(row.cost) }));
}

const plain = (usd: string) => (usd.includes(".") ? usd.replace(/\.?0+$/, "") : usd);
const sorted = (rows: readonly unknown[]) => rows.map((row) => JSON.stringify(row)).sort();

const said = (
  row: { key?: string | null; bucket?: string | null },
  of: Awaited<ReturnType<typeof spend>>["total"],
): Plain => ({
  key: row.key ?? null,
  bucket: row.bucket ?? null,
  calls: of.calls,
  cost: of.costUsd,
  unpriced: of.unpricedCalls,
  errors: of.errorCalls,
  input: of.inputTokens,
  output: of.outputTokens,
  latency: of.latencyMs,
  told: of.latencyCalls,
});

const filters: { name: string; filter: SpendFilter; where: string; ofUsers?: boolean }[] = [
  { name: "nothing", filter: {}, where: "true" },
  { name: "a feature", filter: { feature: ["chat"] }, where: "feature = 'chat'" },
  {
    name: "no feature, or one",
    filter: { feature: [null, "search"] },
    where: "(feature IS NULL OR feature = 'search')",
  },
  { name: "not a feature", filter: { feature: { not: ["chat"] } }, where: "feature IS DISTINCT FROM 'chat'" },
  {
    name: "words with signs of a pattern",
    filter: { feature: { contains: ["B%"] } },
    where: "position('b%' in lower(feature)) > 0",
  },
  {
    name: "a model and an environment",
    filter: { model: ["gpt-4o"], environment: ["staging"] },
    where: "model = 'gpt-4o' AND environment = 'staging'",
  },
  {
    name: "a user",
    filter: { user: { contains: ["user-1"] } },
    where: "user_id LIKE '%user-1%'",
    ofUsers: true,
  },
];
const ofWork: readonly Grouping[] = ["prompt", "promptVersion", "error", "kind"];

describe.each(places)("reports in $zone", ({ zone, around }) => {
  let tenant: Tenant;
  let ctx: Ctx;
  let calls = 0;
  const stretch = { start: startOfDay(from, zone), end: startOfDay(to, zone) };

  beforeAll(async () => {
    tenant = await makeTenant({ timeZone: zone });
    ctx = contextOf(tenant, personWith("viewer"), now);
    calls = await fill(tenant, zone, around);
  });

  it("break down to the plain sums, by every tag and filter", { timeout: 120_000 }, async () => {
    let compared = 0;
    for (const { filter, where, ofUsers } of filters) {
      for (const groupBy of groupings) {
        const isPeople = groupBy === "user" || groupBy === "account" || ofUsers === true;
        if (isPeople && ofWork.some((name) => name === groupBy)) continue;
        const { rows, total, groups } = await breakdown(ctx, { from, to, filter, groupBy, limit: 500 });
        const expected = await plainly(tenant, groupBy, "NULL::text", stretch.start, stretch.end, where);
        expect(sorted(rows.map((row) => said(row, row.current as never)))).toEqual(sorted(expected));
        expect(groups).toBe(expected.length);
        expect(total.current.calls).toBe(expected.reduce((sum, row) => sum + row.calls, 0));
        expect(rows.at(-1)?.cumulativeShare ?? "1").toMatch(/^1$/);
        compared += rows.length;
      }
    }
    expect(compared).toBeGreaterThan(200);
  });

  it("add up over hours, days and months, whole or ragged", { timeout: 120_000 }, async () => {
    const local = `occurred_at AT TIME ZONE '${zone}'`;
    const ragged = {
      start: new Date(stretch.start.getTime() + 8_100_000),
      end: new Date(stretch.end.getTime() - 4_500_000),
    };
    for (const { start, end } of [stretch, ragged]) {
      const asked = { from: start.toISOString(), to: end.toISOString() };
      for (const [granularity, bucket] of [
        ["day", `to_char(${local}, 'YYYY-MM-DD')`],
        ["month", `to_char(${local}, 'YYYY-MM')`],
        ["total", "NULL::text"],
      ] as const) {
        for (const groupBy of [undefined, "feature", "user", "model"] as const) {
          const { rows, total } = await spend(ctx, { ...asked, granularity, groupBy, limit: 10_000 });
          const expected = await plainly(tenant, groupBy ?? null, bucket, start, end);
          expect(sorted(rows.map((row) => said(row, row)))).toEqual(sorted(expected));
          expect(total.calls).toBe(expected.reduce((sum, row) => sum + row.calls, 0));
        }
      }
    }
    expect((await spend(ctx, { from, to })).total.calls).toBeLessThanOrEqual(calls);
  });

  it("draw every bucket once, around the change of the clock", async () => {
    for (const day of around) {
      const asked = { from: addDays(day, -1), to: addDays(day, 2) };
      const hours = await trend(ctx, { ...asked, granularity: "hour", groupBy: "feature", top: 2 });
      const days = await trend(ctx, { ...asked, granularity: "day" });
      const { total } = await spend(ctx, asked);
      for (const { series, buckets } of [hours, days]) {
        const points = series.flatMap((one) => one.points);
        expect(new Set(buckets).size).toBe(buckets.length);
        expect(points.every((point, i) => point?.bucket === buckets[i % buckets.length])).toBe(true);
        expect(points.reduce((sum, point) => sum + (point?.calls ?? 0), 0)).toBe(total.calls);
      }
      expect(hours.series.map(({ isRest }) => isRest)).toEqual([false, false, true]);
    }
  });

  it("compare with another stretch group by group", async () => {
    const [current, compare] = [
      { from: "2026-10-01", to: "2026-11-20" },
      { from: "2026-01-01", to: "2026-04-10" },
    ];
    const { rows, total } = await breakdown(ctx, {
      ...current,
      compare,
      groupBy: "feature",
      order: "change",
    });
    const before = await spend(ctx, { ...compare, groupBy: "feature" });
    const after = await spend(ctx, { ...current, groupBy: "feature" });
    for (const row of rows) {
      expect(row.current.costUsd).toBe(after.rows.find(({ key }) => key === row.key)?.costUsd ?? "0");
      expect(row.previous?.costUsd).toBe(before.rows.find(({ key }) => key === row.key)?.costUsd ?? "0");
    }
    expect(total.previous?.costUsd).toBe(before.total.costUsd);
    const changes = rows.map(({ changeUsd }) => Number(changeUsd));
    expect(changes).toEqual([...changes].sort((one, other) => other - one));
  });
});

it("has gaps before the first call and after now, and zeros in between", async () => {
  const tenant = await makeTenant({ timeZone: "UTC" });
  const ctx = contextOf(tenant, system, now);
  const calls = [call(new Date("2026-11-10T10:00:00Z"), 1), call(new Date("2026-11-13T10:00:00Z"), 2)];
  await recordCalls(ctx, { calls }, { source: "test", anyAge: true });
  await rollUp(ctx);
  const { series } = await trend(ctx, { from: "2026-11-08", to: "2026-11-23", granularity: "day" });
  expect(series[0]?.points.map((point) => point && point.calls)).toEqual([
    null,
    null,
    1,
    0,
    0,
    1,
    0,
    0,
    0,
    0,
    0,
    0,
    0,
    null,
    null,
  ]);
});
