import { beforeAll, describe, expect, it } from "vitest";
import { addDays, startOfDay } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { oddDays, storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { hours } from "./hours";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant, at = now) => contextOf(tenant, personWith("viewer"), at);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

/** By a plain GROUP BY, in PostgreSQL's own words for the wall's clock. */
const plainly = (tenant: Tenant, from: Date, to: Date, where = "true") =>
  asAdmin(
    `SELECT to_char(local, 'ID')::int AS weekday, to_char(local, 'HH24')::int AS hour, (count(*) FILTER (WHERE share_no IS NULL OR share_no = 1))::int AS calls,
       trim_scale(coalesce(sum(cost_usd), 0))::text AS "costUsd", (count(*) FILTER (WHERE cost_usd IS NULL AND (share_no IS NULL OR share_no = 1)))::int AS "unpricedCalls"
     FROM (SELECT *, occurred_at AT TIME ZONE $4 AS local FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3 AND ${where}) AS c
     GROUP BY 1, 2 ORDER BY 1, 2`,
    [tenant.id, from, to, tenant.timeZone],
  );
const spent = ({ cells }: Awaited<ReturnType<typeof hours>>) =>
  cells
    .filter(({ calls, costUsd }) => calls > 0 || costUsd !== "0")
    .map(({ weekday, hour, calls, costUsd, unpricedCalls }) => ({ weekday, hour, calls, costUsd, unpricedCalls })); // prettier-ignore
const lengths = ({ cells }: Awaited<ReturnType<typeof hours>>) =>
  cells.filter((cell) => cell.hours > 0).map((cell) => [cell.weekday, cell.hour, cell.hours]);
const week = (except: [weekday: number, hour: number, hours: number][]) =>
  Array.from({ length: 168 }, (_, at): [number, number, number] => {
    const [weekday, hour] = [1 + Math.floor(at / 24), at % 24];
    return except.find(([day, of]) => day === weekday && of === hour) ?? [weekday, hour, 1];
  }).filter(([, , of]) => of > 0);

/** Changes of the clock, and what they do to the hours of the seven days that end with them (a Sunday each). */
const changes = [
  { timeZone: "America/New_York", at: 0, odd: [[7, 2, 0]] },
  { timeZone: "America/New_York", at: 1, odd: [[7, 1, 2]] },
  { timeZone: "Australia/Lord_Howe", at: 0, odd: [[7, 1, 1.5]] },
  { timeZone: "Australia/Lord_Howe", at: 1, odd: [[7, 2, 0.5]] },
  { timeZone: "Asia/Kolkata", at: 0, odd: [] },
] satisfies { timeZone: string; at: 0 | 1; odd: [number, number, number][] }[];

describe.each(changes)("hours of $timeZone, change $at", ({ timeZone, at, odd }) => {
  let tenant: Tenant;
  const day = oddDays(timeZone)[at];
  const start = (one: string) => startOfDay(one, timeZone);
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await storeZonedCalls(tenant, now);
    // The beginning of what is known, earlier than every week below.
    await recordCalls(contextOf(tenant, system, now), { calls: [{ id: "first", occurredAt: "2026-02-01T00:00:00Z", kind: "tool" }] }, { source: "test", anyAge: true }); // prettier-ignore
    await rollUp(contextOf(tenant, system, now));
  });

  it("are those of a plain GROUP BY, and as many as the clock showed", async () => {
    const days = { from: addDays(day, -6), to: addDays(day, 1) };
    const answer = await hours(reader(tenant), days);
    expect(answer.cells).toHaveLength(168);
    expect(spent(answer)).toEqual(await plainly(tenant, start(days.from), start(days.to)));
    expect(spent(answer).length).toBeGreaterThan(60);
    expect(lengths(answer)).toEqual(week(odd));
    for (const cell of answer.cells) {
      if (cell.hours === 0) expect(cell).toMatchObject({ calls: 0, meanCostUsd: null, meanCalls: null });
      else expect(Number(cell.meanCalls)).toBeCloseTo(cell.calls / cell.hours, 5);
    }
    const cut = { from: new Date(start(day).getTime() + 900_000).toISOString(), to: new Date(start(day).getTime() + 12_600_000).toISOString() }; // prettier-ignore
    const some = await hours(reader(tenant), {
      ...cut,
      filter: { feature: ["chat"], model: { not: ["o4-mini"] } },
    });
    expect(spent(some)).toEqual(await plainly(tenant, new Date(cut.from), new Date(cut.to), "feature = 'chat' AND model <> 'o4-mini'")); // prettier-ignore
    const quarters = some.cells.reduce((sum, cell) => sum + cell.hours * 4, 0);
    expect(quarters).toBe((Date.parse(cut.to) - Date.parse(cut.from)) / 900_000);
    const user = await hours(reader(tenant), { ...days, filter: { user: ["user-1"] } });
    expect(spent(user)).toEqual(await plainly(tenant, start(days.from), start(days.to), "user_id = 'user-1'")); // prettier-ignore
  });
});

it("are counted from the first call to now; before and after nobody can know", async () => {
  const tenant = await makeTenant();
  const call = (id: string, occurredAt: string) => ({ id, occurredAt, provider: "openai", model: "gpt-4o", usage: { inputTokens: 1000 } }); // prettier-ignore
  const empty = await hours(reader(tenant), { from: "2026-11-18", to: "2026-11-25" });
  expect(empty.cells.every((cell) => cell.hours === 0 && cell.meanCostUsd === null)).toBe(true);
  // Wednesday 22:40 to Friday 12:15, the running quarter included.
  await recordCalls(contextOf(tenant, system, now), { calls: [call("a", "2026-11-18T22:40:00Z"), call("b", "2026-11-19T22:00:00Z")] }, { source: "api" }); // prettier-ignore
  await rollUp(contextOf(tenant, system, now));
  const answer = await hours(reader(tenant), { from: "2026-11-01", to: "2026-12-01" });
  const told = (weekday: number, hour: number) => answer.cells.find((cell) => cell.weekday === weekday && cell.hour === hour); // prettier-ignore
  expect([told(3, 21)?.hours, told(3, 22)?.hours, told(4, 22)?.hours, told(5, 12)?.hours, told(5, 13)?.hours]).toEqual([0, 0.5, 1, 0.25, 0]); // prettier-ignore
  expect(told(3, 22)).toMatchObject({ calls: 1, costUsd: "0.0025", meanCostUsd: "0.005", meanCalls: "2" });
  expect(answer.total).toEqual({ calls: 2, costUsd: "0.005", unpricedCalls: 0 });
});

it("refuses years by two tags, and an actor without the right", async () => {
  const tenant = await makeTenant();
  const year = { from: "2026-01-01", to: "2026-11-01" };
  await expect(hours(reader(tenant), { ...year, filter: { feature: ["a"], model: ["b"] } })).rejects.toMatchObject({ code: "INVALID_INPUT" }); // prettier-ignore
  expect((await hours(reader(tenant), { ...year, filter: { feature: ["a"] } })).cells).toHaveLength(168);
  const ingest = contextOf(tenant, { kind: "key", keyId: "k", scopes: ["ingest"], pins: {} }, now);
  await expect(hours(ingest, year)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
