import { beforeAll, describe, expect, it } from "vitest";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { oddDays, reportZones, storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { runs } from "./runs";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

interface PlainRun extends Record<string, unknown> {
  runId: string;
  calls: number;
  toolCalls: number;
  costUsd: string;
  lacks: boolean;
  unpricedCalls: number;
  firstAt: Date;
  lastAt: Date;
}

/** Runs by a plain GROUP BY over the ledger, the dearest first. */
const plainly = (tenant: Tenant, from: Date, to: Date, where = "true") =>
  asAdmin<PlainRun>(
    `SELECT run_id AS "runId", (count(*) FILTER (WHERE whole))::int AS calls, (count(*) FILTER (WHERE whole AND kind = 'tool'))::int AS "toolCalls",
       sum(fresh_input_tokens + cache_read_tokens + cache_write_5m_tokens + cache_write_1h_tokens + audio_input_tokens)::int AS "inputTokens",
       sum(visible_output_tokens + reasoning_tokens + audio_output_tokens)::int AS "outputTokens",
       trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd", bool_and(cost_usd IS NULL) AS lacks,
       (count(*) FILTER (WHERE whole AND cost_usd IS NULL))::int AS "unpricedCalls",
       (count(*) FILTER (WHERE whole AND error_class IS NOT NULL))::int AS "errorCalls",
       (count(*) FILTER (WHERE whole AND attempt > 1))::int AS "retryCalls",
       trim_scale(coalesce(sum(cost_usd) FILTER (WHERE attempt > 1), 0))::text AS "retryCostUsd",
       min(occurred_at) AS "firstAt", max(occurred_at + coalesce(latency_ms, 0) * interval '1 ms') AS "lastAt"
     FROM (SELECT *, share_no IS NULL OR share_no = 1 AS whole FROM call) AS c
     WHERE tenant_id = $1 AND run_id IS NOT NULL AND occurred_at >= $2 AND occurred_at < $3 AND ${where}
     GROUP BY 1 ORDER BY coalesce(sum(cost_usd), 0) DESC, 1`,
    [tenant.id, from, to],
  );

const sumOf = (list: readonly PlainRun[]) =>
  list.reduce((total, { costUsd }) => total.add(costUsd), new Usd(0)).toFixed();
const byRank = <T>(ascending: readonly T[]) => {
  const at = (percent: number) => ascending[Math.ceil((ascending.length * percent) / 100) - 1];
  return { p50: at(50), p75: at(75), p90: at(90), p95: at(95), p99: at(99), max: at(100) };
};
const durationOf = ({ firstAt, lastAt }: PlainRun) => lastAt.getTime() - firstAt.getTime();
const ascending = (values: number[]) => values.sort((one, other) => one - other);

const expectedRows = (plain: readonly PlainRun[]) =>
  plain.map((run) => {
    const told: Partial<PlainRun> = { ...run, durationMs: durationOf(run) };
    delete told.lacks;
    return { ...told, firstAt: run.firstAt.toISOString(), lastAt: run.lastAt.toISOString() };
  });
function expectedTotal(plain: readonly PlainRun[]) {
  const known = plain.filter(({ lacks }) => !lacks);
  return {
    runs: plain.length,
    unpricedRuns: plain.length - known.length,
    partlyUnpricedRuns: known.filter(({ unpricedCalls }) => unpricedCalls > 0).length,
    errorRuns: plain.filter(({ errorCalls }) => Number(errorCalls) > 0).length,
    calls: plain.reduce((count, run) => count + run.calls, 0),
    costUsd: sumOf(plain),
    cost: byRank(known.map(({ costUsd }) => costUsd).reverse()),
    steps: byRank(ascending(plain.map(({ calls }) => calls))),
  };
}

describe.each(reportZones)("runs of %s", (timeZone) => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await storeZonedCalls(tenant, now);
  });
  const start = (day: string) => startOfDay(day, timeZone);

  it.each([0, 1] as const)("are what the ledger says, on each day around change %i and on all", async (which) => {
    const day = oddDays(timeZone)[which];
    const [first, end] = [addDays(day, -2), addDays(day, 3)];
    const days = Array.from({ length: 5 }, (_, n) => [addDays(first, n), addDays(first, n + 1)] as const);
    let perDay = 0;
    for (const [from, to] of [...days, [first, end] as const]) {
      const plain = await plainly(tenant, start(from), start(to));
      const answer = await runs(reader(tenant), { from, to });
      expect(answer.rows).toMatchObject(expectedRows(plain));
      expect(answer.total).toMatchObject(expectedTotal(plain));
      if (to !== end || from !== first) perDay += plain.length;
      // Some are over midnight: whole here, in two parts by the day.
      else expect(perDay).toBeGreaterThan(plain.length);
    }
  }); // prettier-ignore

  it("are the same of ragged ends, of a filter, and of a stretch compared with", async () => {
    const [, day] = oddDays(timeZone);
    const from = new Date(start(day).getTime() - 5 * 900_000);
    const to = new Date(start(addDays(day, 1)).getTime() + 3 * 900_000);
    const compare = { from: addDays(day, -2), to: day };
    const filter = { user: { is: ["user-0", "user-4", null] }, environment: ["production"] };
    const where = "environment = 'production' AND (user_id IN ('user-0', 'user-4') OR user_id IS NULL)";
    const ask = { from: from.toISOString(), to: to.toISOString(), filter, compare };
    const answer = await runs(reader(tenant), ask);
    expect(answer.rows).toMatchObject(expectedRows(await plainly(tenant, from, to, where)));
    const before = await plainly(tenant, start(compare.from), start(compare.to), where);
    expect(answer.previous).toMatchObject(expectedTotal(before));
  });
});

describe("the list of runs", () => {
  const call = (id: string, minute: number, more: object = {}) => ({
    id,
    occurredAt: new Date(Date.parse("2026-11-20T09:00:00Z") + minute * 60_000).toISOString(),
    provider: "openai",
    model: "gpt-4o",
    usage: { inputTokens: 400_000, outputTokens: 0 },
    ...more,
  });
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant();
    const calls = [
      // The dearest by cost; two of chat, one of mail; the longest.
      call("a1", 0, { runId: "a", feature: "chat", userId: "ada" }),
      call("a2", 1, { runId: "a", feature: "chat", userId: "ada" }),
      call("a3", 90, { runId: "a", feature: "mail", userId: "bob", latencyMs: 1500 }),
      // The most steps, the cheapest.
      ...[1, 2, 3, 4].map((n) =>
        call(`b${String(n)}`, n, { runId: "b", usage: { inputTokens: 400, outputTokens: 0 } }),
      ),
      call("c1", 100, { runId: "c", errorClass: "timeout" }),
      call("c2", 100.5, { runId: "c", attempt: 2 }),
      call("d1", 3, { runId: "d", provider: "acme", model: "in-house-7b" }),
      call("e1", 5, {}),
    ];
    const answer = await recordCalls(contextOf(tenant, system, now), { calls }, { source: "api" });
    expect(answer.rejected).toEqual([]);
    await rollUp(contextOf(tenant, system, now));
  });
  const ask = (more: object = {}) => runs(reader(tenant), { from: "2026-11-20", to: "2026-11-21", ...more });

  it("has shares, whose they are, and runs without a known cost apart", async () => {
    const { rows, total } = await ask();
    const shares = rows.map(({ runId, costUsd, costShare, cumulativeShare }) => [runId, costUsd, costShare, cumulativeShare]); // prettier-ignore
    expect(shares).toEqual([
      ["a", "3", "0.59952", "0.59952"],
      ["c", "2", "0.39968", "0.999201"],
      ["b", "0.004", "0.000799", "1"],
      ["d", "0", "0", "1"],
    ]);
    expect(rows[0]).toMatchObject({
      feature: { key: "chat", others: 1 },
      user: { key: "ada", others: 1 },
      team: { key: null, others: 0 },
      durationMs: 90 * 60_000 + 1500,
    });
    expect(total).toMatchObject({
      runs: 4,
      unpricedRuns: 1,
      partlyUnpricedRuns: 0,
      errorRuns: 1,
      retryRuns: 1,
    });
    expect(total.cost).toMatchObject({ p50: "2", max: "3" });
    expect(total.steps).toMatchObject({ p50: 2, max: 4 });
  });

  it.each([
    ["cost", ["a", "c", "b", "d"]],
    ["calls", ["b", "a", "c", "d"]],
    ["duration", ["a", "b", "c", "d"]],
    ["newest", ["c", "d", "b", "a"]],
  ] as const)("is ordered by %s, page by page", async (order, expected) => {
    const whole = await ask({ order });
    expect(whole.rows.map(({ runId }) => runId)).toEqual(expected);
    const [first, second] = [await ask({ order, limit: 2 }), await ask({ order, limit: 2, offset: 2 })];
    expect([...first.rows, ...second.rows]).toEqual(whole.rows);
    expect(second.total).toEqual(whole.total);
    expect((await ask({ order, limit: 2, offset: 4 })).rows).toEqual([]);
  });

  it("counts of a run what the filter lets through", async () => {
    const { rows, total } = await ask({ filter: { feature: ["mail"] } });
    expect(rows).toMatchObject([{ runId: "a", calls: 1, costUsd: "1", durationMs: 1500 }]);
    expect(total).toMatchObject({ runs: 1, costUsd: "1" });
  });

  it("leaves out what begins when the stretch ends", async () => {
    const { rows } = await ask({ from: "2026-11-20T09:00:00Z", to: "2026-11-20T10:30:00Z", order: "calls" });
    expect(rows.map(({ runId, calls }) => [runId, calls])).toEqual([
      ["b", 4],
      ["a", 2],
      ["d", 1],
    ]);
  });

  it("has no percentiles where there are no runs", async () => {
    const { rows, total } = await ask({ filter: { feature: ["none"] } });
    expect(rows).toEqual([]);
    expect(total).toMatchObject({ runs: 0, costUsd: "0", cost: null, steps: null });
  });

  it("refuses a tag that runs are not kept by, and an actor without the right", async () => {
    await expect(ask({ filter: { model: ["gpt-4o"] } })).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field: "filter.model" } }); // prettier-ignore
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(runs(ingest, { from: "2026-11-20", to: "2026-11-21" })).rejects.toMatchObject({ code: "FORBIDDEN" }); // prettier-ignore
  });

  it("has a run once, whichever of its days is rolled up last", async () => {
    const late = await makeTenant();
    const day = 24 * 60;
    const steps = [
      [call("x1", 0, { runId: "x" }), call("y1", 1, { runId: "y" })],
      [call("x2", -day, { runId: "x" }), call("z1", -2 * day, { runId: "z" })],
      [call("y2", 2, { runId: "y", userId: "ada" })],
      [call("x3", -2 * day, { runId: "x" })],
    ];
    const counts: [number, number][] = [];
    for (const calls of steps) {
      const answer = await recordCalls(contextOf(late, system, now), { calls }, { source: "api" });
      expect(answer.rejected).toEqual([]);
      await rollUp(contextOf(late, system, now));
      const week = { from: "2026-11-14", to: "2026-11-21" };
      const { rows, total } = await runs(reader(late), { ...week, order: "newest" });
      expect(rows).toHaveLength(total.runs);
      expect(rows.map(({ calls: count }) => count).reduce((sum, count) => sum + count, 0)).toBe(total.calls);
      counts.push([total.runs, total.calls]);
      const first = await runs(reader(late), { ...week, order: "newest", limit: 1 });
      expect(first.rows).toEqual(rows.slice(0, 1));
    }
    expect(counts).toEqual([
      [2, 2],
      [3, 4],
      [3, 5],
      [3, 6],
    ]);
  });
});
