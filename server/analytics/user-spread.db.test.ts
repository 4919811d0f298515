import { beforeAll, describe, expect, it } from "vitest";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { Usd } from "@/server/prices/decimal";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { oddDays, reportZones, storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { userSpread } from "./user-spread";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant) => contextOf(tenant, personWith("viewer"), now);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

interface Person {
  key: string | null;
  calls: number;
  unpriced: number;
  lacks: boolean;
  cost: string;
}

/** What each person cost by a plain GROUP BY over the ledger, the dearest first. */
const plainly = (tenant: Tenant, from: Date, to: Date, column = "user_id", where = "true") =>
  asAdmin<Person & Record<string, unknown>>(
    `SELECT ${column} AS key, (count(*) FILTER (WHERE share_no IS NULL OR share_no = 1))::int AS calls, trim_scale(coalesce(sum(cost_usd), 0))::text AS cost,
       (count(*) FILTER (WHERE cost_usd IS NULL AND (share_no IS NULL OR share_no = 1)))::int AS unpriced, bool_and(cost_usd IS NULL) AS lacks
     FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND ${where} GROUP BY 1 ORDER BY coalesce(sum(cost_usd), 0) DESC, 1`,
    [tenant.id, from, to],
  );

const sum = (people: readonly Person[]) =>
  people.reduce((total, { cost }) => total.add(cost), new Usd(0)).toFixed();
const count = (people: readonly Person[], of: "calls" | "unpriced") =>
  people.reduce((total, one) => total + one[of], 0);

/** The same figures, counted by hand. */
function expected(people: readonly Person[]) {
  const users = people.filter(({ key }) => key !== null);
  const known = users.filter(({ lacks }) => !lacks);
  const nobody = people.filter(({ key }) => key === null);
  const rank = (percent: number) => known.at(-Math.ceil((known.length * percent) / 100))?.cost;
  const top = (percent: number) => known.slice(0, Math.ceil((known.length * percent) / 100));
  const all = { calls: count(users, "calls"), costUsd: sum(users), unpricedCalls: count(users, "unpriced") };
  return {
    users: {
      count: users.length,
      unpricedOnly: users.length - known.length,
      zeroCost: known.filter(({ cost }) => cost === "0").length,
    },
    ...all,
    nobody: { calls: count(nobody, "calls"), costUsd: sum(nobody), unpricedCalls: count(nobody, "unpriced") },
    perUser: {
      meanUsd: new Usd(all.costUsd).div(known.length).toDecimalPlaces(18).toFixed(),
      p50Usd: rank(50),
      p75Usd: rank(75),
      p90Usd: rank(90),
      p95Usd: rank(95),
      p99Usd: rank(99),
      maxUsd: known[0]?.cost,
    },
    top1: { users: top(1).length, costUsd: sum(top(1)) },
    top10: { users: top(10).length, costUsd: sum(top(10)) },
  };
}

describe.each(reportZones)("users of %s", (timeZone) => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    expect(await storeZonedCalls(tenant, now)).toBeGreaterThan(700);
  });
  const start = (day: string) => startOfDay(day, timeZone);

  it.each([0, 1] as const)("are what the ledger says, on each day around change %i and on all", async (which) => {
    const day = oddDays(timeZone)[which];
    const [first, end] = [addDays(day, -2), addDays(day, 3)];
    const days = Array.from({ length: 5 }, (_, n) => [addDays(first, n), addDays(first, n + 1)] as const);
    for (const [from, to] of [...days, [first, end] as const, [addDays(day, -60), addDays(day, 20)] as const]) {
      const people = await plainly(tenant, start(from), start(to));
      expect(people.length).toBeGreaterThan(4);
      expect(await userSpread(reader(tenant), { from, to })).toMatchObject(expected(people));
    }
    const accounts = await plainly(tenant, start(first), start(end), "account_id");
    expect(await userSpread(reader(tenant), { from: first, to: end, by: "account" })).toMatchObject(expected(accounts));
  }); // prettier-ignore

  it("are the same of ragged ends, of a filter, and of a stretch compared with", async () => {
    const [, day] = oddDays(timeZone);
    const from = new Date(start(day).getTime() - 5 * 900_000);
    const to = new Date(start(addDays(day, 1)).getTime() + 3 * 900_000);
    const compare = { from: addDays(day, -2), to: addDays(day, -1) };
    const filter = { feature: { not: ["mail"] } };
    const answer = await userSpread(reader(tenant), { from: from.toISOString(), to: to.toISOString(), filter, compare }); // prettier-ignore
    const where = "coalesce(feature, '') <> 'mail'";
    expect(answer).toMatchObject(expected(await plainly(tenant, from, to, "user_id", where)));
    const before = await plainly(tenant, start(compare.from), start(compare.to), "user_id", where);
    expect(answer.previous).toMatchObject(expected(before));
  });
});

describe("the spread of costs", () => {
  /** gpt-4o at $2.50 and $10 per million tokens. */
  const call = (userId: string | undefined, costUsd: string | null, n = 0) => ({
    id: `${userId ?? "nobody"}-${String(n)}`,
    occurredAt: "2026-11-20T11:00:00Z",
    provider: costUsd === null ? "acme" : "openai",
    model: costUsd === null ? "in-house-7b" : "gpt-4o",
    userId,
    cache: costUsd === "0" ? "exact" : "none",
    usage: { inputTokens: Math.round(Number(costUsd ?? 1) * 400_000), outputTokens: 0 },
  });
  async function store(tenant: Tenant, calls: object[]) {
    const answer = await recordCalls(contextOf(tenant, system, now), { calls }, { source: "api" });
    expect(answer.rejected).toEqual([]);
    await rollUp(contextOf(tenant, system, now));
  }
  const range = { from: "2026-11-20", to: "2026-11-21" };

  it("tells users of no known cost and of no cost from those who cost something, and all from nobody", async () => {
    const tenant = await makeTenant();
    await store(tenant, [
      ...Array.from({ length: 200 }, (_, n) => call(`u${String(n).padStart(3, "0")}`, "0.01")),
      call("whale", "50"),
      call("second", "50"),
      call("free", "0"),
      call("unknown", null),
      call("half-known", null, 1),
      call("half-known", "0.02", 2),
      call(undefined, "3"),
    ]);
    const answer = await userSpread(reader(tenant), range);
    expect(answer.users).toEqual({ count: 205, unpricedOnly: 1, zeroCost: 1 });
    expect(answer.nobody).toEqual({ calls: 1, costUsd: "3", unpricedCalls: 0 });
    expect(answer).toMatchObject({ costUsd: "102.02", unpricedCalls: 2 });
    expect(answer.perUser).toMatchObject({ p50Usd: "0.01", p95Usd: "0.01", p99Usd: "0.02", maxUsd: "50" });
    // ⌈1 % of 204⌉: both who cost as much as each other.
    expect(answer.top1).toEqual({ users: 3, costUsd: "100.02", costShare: "0.980396" });
    expect(answer.histogram[0]).toEqual({ fromUsd: "0.01", toUsd: "0.02", count: 200, costUsd: "2" });
    expect(answer.histogram[1]).toEqual({ fromUsd: "0.02", toUsd: "0.05", count: 1, costUsd: "0.02" });
    expect(answer.histogram.at(-1)).toEqual({ fromUsd: "50", toUsd: "100", count: 2, costUsd: "100" });
    expect(answer.histogram.reduce((n, bucket) => n + bucket.count, 0)).toBe(203);
  });

  it("of nobody is empty, not zero", async () => {
    const tenant = await makeTenant();
    await store(tenant, [call(undefined, "1")]);
    const answer = await userSpread(reader(tenant), range);
    expect(answer).toMatchObject({ users: { count: 0 }, perUser: null, histogram: [], previous: null });
    expect(answer.top1).toEqual({ users: 0, costUsd: "0", costShare: null });
    expect(answer.nobody).toEqual({ calls: 1, costUsd: "1", unpricedCalls: 0 });
  });

  it("wants the right, and refuses what no roll-up knows together", async () => {
    const tenant = await makeTenant();
    const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
    await expect(userSpread(ingest, range)).rejects.toMatchObject({ code: "FORBIDDEN" });
    await expect(userSpread(reader(tenant), { ...range, filter: { prompt: ["p"] } })).rejects.toMatchObject({ code: "INVALID_INPUT" }); // prettier-ignore
  });
});
