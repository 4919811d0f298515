import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { Client } from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { refreshActivity, refreshAll } from "@/server/activity/refresh";
import { retention } from "@/server/analytics/retention/retention";
import type { Tenant } from "@/server/context";
import { rollUp } from "@/server/rollups/roll-up";
import { recordUsage } from "@/server/usage/record";
import {
  asAdmin,
  contextOf,
  ingestKey,
  loadPrices,
  makeTenant,
  personWith,
  system,
} from "../factories/tenant";
import { testDatabase } from "../setup/database";
import { sized } from "../setup/size";
import { activityHistory, type History } from "./activity-histories";
import { activityDifferencesSql, activityHashSql } from "./plain-activity";
import { type Played, playActivity, storyEnd } from "./play-activity";
import { reportZones, storeZonedCalls } from "./zoned-calls";

const seed = 20261122;
const atOnce = 2;
const now = new Date("2026-11-20T12:00:00Z");
const wanted = sized(300, 40);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2025-12-01', DATE '2026-12-01', interval '1 month') AS m",
  );
});

const tenantOf = (id: string, timeZone: string): Tenant => ({
  id,
  slug: id,
  name: id,
  timeZone,
  latencyBufferMinutes: 60,
});

/** Plays every history, each as a tenant of its own. */
async function playAll(histories: readonly History[], sabotage?: () => Promise<void>): Promise<Played> {
  const sum: Played = { calls: 0, events: 0, kills: 0 };
  const waiting = [...histories];
  const worker = async () => {
    for (let story = waiting.pop(); story !== undefined; story = waiting.pop()) {
      const tenant = tenantOf(randomUUID(), story.timeZone);
      await asAdmin("INSERT INTO tenant (tenant_id, slug, name, time_zone) SELECT id, id, id, $2 FROM CAST($1 AS uuid) AS id", [tenant.id, tenant.timeZone]); // prettier-ignore
      const played = await playActivity(tenant, story, sabotage);
      sum.calls += played.calls;
      sum.events += played.events;
      sum.kills += played.kills;
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return sum;
}

const faults = async (tenant: Tenant | null = null) =>
  (await asAdmin<{ fault: string }>(activityDifferencesSql, [tenant?.id ?? null])).map(({ fault }) => fault);
const hash = async () => (await asAdmin<{ hash: string }>(activityHashSql))[0]?.hash;

it(
  `equals calls and usage events in ${String(wanted)} random histories, and a second run changes nothing`,
  { timeout: 900_000 },
  async () => {
    const played = await playAll(fc.sample(activityHistory, { seed, numRuns: wanted }));
    expect(await faults()).toEqual([]);
    for (const table of ["activity_dirty", "activity_pending", "activity_touched"])
      expect(await asAdmin(`SELECT count(*)::int AS left FROM ${table}`), table).toEqual([{ left: 0 }]);
    const before = await hash();
    // Every day is marked again: counted anew, not added.
    await asAdmin(
      "INSERT INTO activity_dirty (tenant_id, day) SELECT DISTINCT tenant_id, first_day FROM user_period",
    );
    const tenants = await asAdmin<{ id: string; zone: string }>("SELECT tenant_id AS id, time_zone AS zone FROM tenant"); // prettier-ignore
    for (const { id, zone } of tenants) await refreshAll(contextOf(tenantOf(id, zone), system, storyEnd));
    expect(await hash()).toBe(before);
    console.info(
      `activity = raw: ${String(wanted)} histories (seed ${String(seed)}), ${String(played.calls)} calls, ${String(played.events)} events, ${String(played.kills)} kills, 0 differences`,
    );
  },
);

/** Each falsifies the result of the test above a little; the comparison must see it. */
it.each([
  ["a cost by its last digit", "UPDATE user_period SET cost_usd = cost_usd + 0.000000000000000001 WHERE ctid = (SELECT min(ctid) FROM user_period)"],
  ["a day too many", "UPDATE user_lifetime SET active_days = active_days + 1 WHERE ctid = (SELECT min(ctid) FROM user_lifetime)"],
  ["another account", "UPDATE user_lifetime SET account_id = 'x' WHERE ctid = (SELECT min(ctid) FROM user_lifetime)"],
  ["a missing cell", "DELETE FROM cohort_cell WHERE ctid = (SELECT min(ctid) FROM cohort_cell)"],
  ["somebody who left in another week", "UPDATE cohort_cell SET last_users = last_users + 1 WHERE ctid = (SELECT min(ctid) FROM cohort_cell WHERE grain = 'week')"],
  ["somebody who was last there on another day", "UPDATE cohort_last_day SET last_day = last_day - 400 WHERE ctid = (SELECT min(ctid) FROM cohort_last_day)"],
  ["a user of a feature", "UPDATE feature_period SET active_users = active_users - 1 WHERE ctid = (SELECT min(ctid) FROM feature_period WHERE active_users > 0)"],
  ["an event of another name", "UPDATE feature_event_period SET event = 'other' WHERE ctid = (SELECT min(ctid) FROM feature_event_period)"],
  ["a lost call", "DELETE FROM call WHERE call_id = (SELECT min(call_id) FROM call)"],
  ["a lost event", "DELETE FROM usage_event WHERE ctid = (SELECT min(ctid) FROM usage_event WHERE user_id IS NOT NULL)"],
  ["days of another zone", "UPDATE tenant SET time_zone = 'Pacific/Kiritimati'"],
])("sees %s (mutation control)", async (_, sql) => {
  const client = new Client({ connectionString: testDatabase().adminUrl });
  await client.connect();
  await client.query("BEGIN");
  await client.query(sql);
  const { rows } = await client.query(activityDifferencesSql, [null]);
  await client.query("ROLLBACK");
  await client.end();
  expect(rows.length).toBeGreaterThan(0);
}); // prettier-ignore

it("sees marks that are forgotten (mutation control)", { timeout: 120_000 }, async () => {
  const before = (await faults()).length;
  await playAll(fc.sample(activityHistory, { seed: 7, numRuns: 8 }), async () => {
    await asAdmin("UPDATE activity_state SET time_zone = t.time_zone FROM tenant t WHERE t.tenant_id = activity_state.tenant_id");
    await asAdmin("DELETE FROM activity_dirty WHERE mark % 2 = 0");
    await asAdmin("DELETE FROM activity_pending");
  }); // prettier-ignore
  expect((await faults()).length).toBeGreaterThan(before);
  await asAdmin("DELETE FROM activity_state");
  for (const { id, zone } of await asAdmin<{ id: string; zone: string }>("SELECT tenant_id AS id, time_zone AS zone FROM tenant"))
    await refreshAll(contextOf(tenantOf(id, zone), system, storyEnd)); // prettier-ignore
  // Told for the first time: everything is.
  expect(await faults()).toEqual([]);
});

describe("named cases", () => {
  const use = (tenant: Tenant, id: string, more: object = {}) =>
    recordUsage(contextOf(tenant, ingestKey, now), { events: [{ id, occurredAt: "2026-11-19T12:00:00Z", userId: "u", feature: "chat", ...more }] }, { source: "api" }); // prettier-ignore
  const told = (tenant: Tenant, input = {}) => retention(contextOf(tenant, personWith("viewer"), now), input);

  it.each(reportZones)(
    "calls around both changes of the clock: %s",
    { timeout: 120_000 },
    async (timeZone) => {
      const tenant = await makeTenant({ timeZone });
      await storeZonedCalls(tenant, now);
      expect(await refreshAll(contextOf(tenant, system, now))).toBeGreaterThan(3);
      expect(await faults(tenant)).toEqual([]);
    },
  );

  it("nothing at all: there is no cohort, and it was counted", async () => {
    const tenant = await makeTenant();
    expect((await told(tenant)).refreshedAt).toBeNull();
    await refreshAll(contextOf(tenant, system, now));
    expect(await told(tenant)).toMatchObject({ cohorts: [], ages: [], refreshedAt: now.toISOString() });
  });

  it("one user with events and no calls costs nothing and was there", async () => {
    const tenant = await makeTenant();
    await use(tenant, "a");
    expect((await told(tenant)).provisionalFrom).toBe("2026-11-19");
    await refreshAll(contextOf(tenant, system, now));
    const answer = await told(tenant);
    expect(answer.provisionalFrom).toBeNull();
    expect(answer.cohorts).toMatchObject([
      {
        cohort: "2026-11-01",
        users: 1,
        isTooFew: true,
        cells: [{ activeUsers: 1, events: 1, calls: 0, costUsd: "0", share: null, isRunning: true }],
      },
    ]);
    expect(await faults(tenant)).toEqual([]);
  });

  it("a late event makes a user older, and moves all of his cells to another cohort", async () => {
    const tenant = await makeTenant();
    await use(tenant, "new");
    await refreshAll(contextOf(tenant, system, now));
    await use(tenant, "late", { occurredAt: "2026-10-20T12:00:00Z" });
    await refreshAll(contextOf(tenant, system, now));
    const { cohorts } = await told(tenant);
    expect(cohorts.map(({ cohort, cells }) => [cohort, cells.map(({ activeUsers }) => activeUsers)])).toEqual(
      [["2026-10-01", [1, 1]]],
    );
    expect(await faults(tenant)).toEqual([]);
  });

  it("who was last there 30 days ago may come back, after 31 he has left: by the tenant's own rule", async () => {
    const tenant = await makeTenant();
    await use(tenant, "gone", { userId: "gone", occurredAt: "2026-10-20T12:00:00Z" });
    await use(tenant, "awaited", { userId: "awaited", occurredAt: "2026-10-21T12:00:00Z" });
    await use(tenant, "stays", { userId: "stays", occurredAt: "2026-10-21T12:00:00Z" });
    await use(tenant, "stays on", { userId: "stays" });
    await refreshAll(contextOf(tenant, system, now));
    const leftBy = async (input: object) =>
      (await told(tenant, input)).cohorts[0]?.cells.map(({ leftUsers }) => leftUsers);
    expect(await leftBy({ grain: "month" })).toEqual([0, 1]);
    expect(await leftBy({ grain: "week" })).toEqual([0, 1, 1, 1, 1]);
    await asAdmin(
      "INSERT INTO retention_setting (tenant_id, active_days, churn_days, min_users, mrr_of, updated_by, updated_at) VALUES ($1, 14, 31, 20, 'user', 'test', now())",
      [tenant.id],
    );
    expect(await leftBy({ grain: "month" })).toEqual([0, 0]);
  });

  it("a user who is only shared in a call was there, and has his part of its cost", async () => {
    const tenant = await makeTenant();
    await storeZonedCalls(tenant, now);
    await refreshAll(contextOf(tenant, system, now));
    const [row] = await asAdmin<{ calls: string; cost: string }>(
      "SELECT calls, trim_scale(cost_usd)::text AS cost FROM user_lifetime WHERE tenant_id = $1 AND user_id = 'user-shared'",
      [tenant.id],
    );
    expect(row?.calls).toBe("0");
    expect(Number(row?.cost)).toBeGreaterThan(0);
  });

  it("waits for roll-ups that are being built for another zone, and says nothing meanwhile", async () => {
    const tenant = await makeTenant();
    await storeZonedCalls(tenant, now);
    await refreshAll(contextOf(tenant, system, now));
    const moved = { ...tenant, timeZone: "Asia/Kolkata" };
    await asAdmin("UPDATE tenant SET time_zone = 'Asia/Kolkata' WHERE tenant_id = $1", [tenant.id]);
    const ctx = contextOf(moved, system, now);
    const before = await hash();
    expect(await refreshActivity(ctx)).toEqual({ periods: 0, more: false });
    expect(await hash()).toBe(before);
    expect((await told(moved)).provisionalFrom).toBe("2025-12-01");
    while ((await rollUp(ctx)).more);
    await refreshAll(ctx);
    expect(await faults(tenant)).toEqual([]);
    expect((await told(moved)).provisionalFrom).toBeNull();
  });
});
