import { beforeAll, describe, expect, it } from "vitest";
import { breakdown } from "@/server/analytics/breakdown";
import { addDays } from "@/server/calendar/local-day";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { rollUp } from "./roll-up";
import { sumRecentDays } from "./sum-recent-days";

const today = "2026-11-20";
const noon = new Date(`${today}T12:00:00Z`);
const later = (hours: number) => new Date(noon.getTime() + hours * 3_600_000);

beforeAll(async () => {
  await loadPrices(noon);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-04-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

let next = 0;
const callOn = (day: string, user: string) => ({
  id: `recent-${String(next++)}`,
  occurredAt: `${day}T10:00:00Z`,
  kind: "tool",
  model: "search",
  userId: user,
  accountId: `of ${user}`,
  feature: "chat",
});

async function store(tenant: Tenant, calls: ReturnType<typeof callOn>[]): Promise<void> {
  const { rejected } = await recordCalls(
    contextOf(tenant, system, noon),
    { calls },
    { source: "api", anyAge: true },
  );
  expect(rejected).toEqual([]);
}
const roll = (tenant: Tenant, now: Date) => rollUp(contextOf(tenant, system, now));
const sum = (tenant: Tenant, now: Date) => sumRecentDays(contextOf(tenant, system, now));

/** Everything of a year, one call a day by each of three users. */
async function summedTenant(): Promise<Tenant> {
  const tenant = await makeTenant();
  const days = Array.from({ length: 200 }, (_, at) => addDays(today, -at));
  await store(
    tenant,
    days.flatMap((day) => ["ann", "bob", "cid"].map((user) => callOn(day, user))),
  );
  while ((await roll(tenant, noon)).more);
  await sum(tenant, noon);
  return tenant;
}

/** Calls by user of the last 90 days and of those before, as the product tells them. */
async function told(tenant: Tenant, filter: Record<string, string[]> = {}) {
  const { rows } = await breakdown(contextOf(tenant, personWith("viewer"), noon), {
    from: addDays(today, -89),
    to: addDays(today, 1),
    compare: { from: addDays(today, -179), to: addDays(today, -89) },
    groupBy: "user",
    order: "key",
    filter,
  });
  const counts = rows.map(
    ({ key, current, previous }) => [key ?? "", [current.calls, previous?.calls]] as const,
  );
  return Object.fromEntries<readonly (number | undefined)[]>(counts);
}

const kept = (tenant: Tenant) =>
  asAdmin<{ days: number; first: string; rows: number }>(
    `SELECT days::int, to_char(block, 'YYYY-MM-DD') AS first, count(*)::int AS rows FROM rollup_block_by
     WHERE tenant_id = $1 AND days IN (29, 89) AND dimension = 'user_id' GROUP BY 1, 2 ORDER BY 1, 2`,
    [tenant.id],
  );

describe("people of recent days", () => {
  it("are summed for the last 30 and 90 days but today's, and for as many before", async () => {
    const tenant = await summedTenant();
    expect(await kept(tenant)).toEqual([
      { days: 29, first: "2026-09-22", rows: 3 },
      { days: 29, first: "2026-10-22", rows: 3 },
      { days: 89, first: "2026-05-25", rows: 3 },
      { days: 89, first: "2026-08-23", rows: 3 },
    ]);
    expect(await told(tenant)).toEqual({ ann: [90, 90], bob: [90, 90], cid: [90, 90] });
  });

  it("are what reports read: with a feature, too", async () => {
    const tenant = await summedTenant();
    const falsify = (table: string, first: string) =>
      asAdmin(
        `UPDATE ${table} SET calls = calls + 1000 WHERE tenant_id = $1 AND days = 89 AND block = $2::date AND 'ann' IN (${table === "rollup_block_by" ? "value" : "user_id"})`,
        [tenant.id, first],
      );
    await falsify("rollup_block_by", "2026-08-23");
    await falsify("rollup_user_block", "2026-05-25");
    expect(await told(tenant)).toMatchObject({ ann: [1090, 90], bob: [90, 90] });
    expect(await told(tenant, { feature: ["chat"] })).toMatchObject({ ann: [90, 1090], bob: [90, 90] });
  });

  it("are forgotten with a call that comes late, which is told at once, and summed again in another hour", async () => {
    const tenant = await summedTenant();
    await store(tenant, [callOn(addDays(today, -40), "ann"), callOn(addDays(today, -150), "bob")]);
    expect((await roll(tenant, later(0.5))).isRecentDue).toBe(false);
    expect(await kept(tenant)).toEqual([]);
    expect(await told(tenant)).toEqual({ ann: [91, 90], bob: [90, 91], cid: [90, 90] });
    expect((await roll(tenant, later(1))).isRecentDue).toBe(true);
    await sum(tenant, later(1));
    expect(await kept(tenant)).toHaveLength(4);
    expect(await told(tenant)).toEqual({ ann: [91, 90], bob: [90, 91], cid: [90, 90] });
    expect((await roll(tenant, later(2))).isRecentDue).toBe(false);
  });

  it("stay as they are when calls of today come, or of long ago", async () => {
    const tenant = await summedTenant();
    await store(tenant, [callOn(today, "ann"), callOn(addDays(today, -180), "bob")]);
    expect((await roll(tenant, later(3))).isRecentDue).toBe(false);
    expect(await kept(tenant)).toHaveLength(4);
    expect(await told(tenant)).toEqual({ ann: [91, 90], bob: [90, 90], cid: [90, 90] });
  });

  it("are those of the next day, once it has begun", async () => {
    const tenant = await summedTenant();
    expect((await roll(tenant, later(13))).isRecentDue).toBe(true);
    await sum(tenant, later(13));
    expect((await kept(tenant)).map(({ first }) => first)).toEqual([
      "2026-09-23",
      "2026-10-23",
      "2026-05-26",
      "2026-08-24",
    ]);
    // The range of the day before ends within them: it is read by days and blocks.
    expect(await told(tenant)).toEqual({ ann: [90, 90], bob: [90, 90], cid: [90, 90] });
  });

  it("wait until all that waits is rolled up, and are left alone while another roll-up is at it", async () => {
    const tenant = await makeTenant();
    const days = Array.from({ length: 11 }, (_, at) => addDays(today, -1 - at));
    const hours = Array.from({ length: 24 }, (_, at) => String(at).padStart(2, "0"));
    await store(
      tenant,
      days.flatMap((day) =>
        hours.map((hour) => ({ ...callOn(day, "ann"), occurredAt: `${day}T${hour}:00:00Z` })),
      ),
    );
    const first = await roll(tenant, later(12));
    expect([first.more, first.isRecentDue]).toEqual([true, false]);
    expect((await roll(tenant, later(12))).isRecentDue).toBe(true);
    await contextOf(tenant, system, noon).db.rollup(async (db) => {
      await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('rollup ' || ${tenant.id}, 0))`;
      await sum(tenant, noon);
    });
    expect(await kept(tenant)).toEqual([]);
    await sum(tenant, noon);
    expect(await kept(tenant)).not.toEqual([]);
  });
});
