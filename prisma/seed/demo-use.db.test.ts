import { beforeAll, describe, expect, it } from "vitest";
import { featureValue } from "@/server/analytics/feature-value/feature-value";
import { unmatchedFeatures } from "@/server/analytics/feature-value/unmatched";
import { localDay } from "@/server/calendar/local-day";
import { listFeatureSettings } from "@/server/features/list";
import { withClient } from "@/server/launch/provision";
import { usualRetention } from "@/server/retention/schemas";
import { systemContext } from "@/server/system-context";
import { testDatabase } from "@/tests/setup/database";
import { seedDemo } from "./demo";
import { stories } from "./stories";
import { usageStories } from "./usage-stories";

// One moment, so that what small numbers of calls come to is the same at every run.
const now = new Date("2026-11-20T15:20:00Z");
beforeAll(async () => {
  await seedDemo({ now, calls: 15_000 });
});

function rowOf(sql: string, values: unknown[] = []): Promise<Record<string, number>> {
  return withClient(testDatabase().adminUrl, async (client) => {
    const { rows } = await client.query<Record<string, string | null>>(sql, values);
    return Object.fromEntries(Object.entries(rows[0] ?? {}).map(([name, value]) => [name, Number(value)]));
  });
}

const over =
  (table: string) =>
  (select: string, where = "true", values: unknown[] = []) =>
    rowOf(
      `SELECT ${select} FROM ${table} x JOIN tenant t USING (tenant_id) WHERE t.slug = 'demo' AND ${where}`,
      values,
    );
/** Figures of one row, over the main tenant's calls, what its app told of use, and what it said of its users. */
const called = over("call");
const told = over("usage_event");
const people = over("end_user");
const among = (table: string) =>
  `x.user_id IN (SELECT o.user_id FROM ${table} o JOIN tenant USING (tenant_id) WHERE slug = 'demo' AND o.user_id IS NOT NULL)`;
const isCaller = among("call");
const isUser = among("usage_event");

const demoTenant = () =>
  withClient(testDatabase().adminUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "SELECT tenant_id AS id FROM tenant WHERE slug = 'demo'",
    );
    return rows[0]?.id ?? "";
  });

describe("the demo's stories show in what its app tells of use", () => {
  it("uses of features by people who called them, and what came of them", async () => {
    const { known, strangers } = await told(
      `count(*) FILTER (WHERE ${isCaller}) AS known,
       count(*) FILTER (WHERE feature <> ALL ($1) AND NOT ${isCaller}) AS strangers`,
      "true",
      [[usageStories.eventsOnly.feature, usageStories.seasonalFeature.feature]],
    );
    expect(known).toBeGreaterThan(1_000);
    expect(strangers).toBe(0);
    for (const [feature, event] of Object.entries(usageStories.conversions)) {
      const found = await told(
        "count(*) FILTER (WHERE event = $2) AS conversions, count(*) FILTER (WHERE event = 'Feature Used') AS uses",
        "feature = $1",
        [feature, event],
      );
      expect(found.conversions, feature).toBeGreaterThan(10);
      expect(found.conversions, feature).toBeLessThan(found.uses ?? 0);
    }
    const future = await told("count(*) AS events", "occurred_at > $1 OR received_at > $1", [now]);
    expect(future.events).toBe(0);
  });

  it("a feature without a model, whose people never call", async () => {
    const { feature } = usageStories.eventsOnly;
    expect((await called("count(*) AS calls", "feature = $1", [feature])).calls).toBe(0);
    const found = await told(
      `count(DISTINCT user_id) AS users, count(*) FILTER (WHERE ${isCaller}) AS callers`,
      "feature = $1",
      [feature],
    );
    expect(found.users).toBeGreaterThan(10);
    expect(found.callers).toBe(0);
  });

  it("one feature under two names, neither of which has the other's half", async () => {
    const names = usageStories.unmatchedNames;
    const counts = async (feature: string) => [
      (await called("count(*) AS calls", "feature = $1", [feature])).calls,
      (await told("count(*) AS events", "feature = $1", [feature])).events,
    ];
    expect(await counts(names.called)).toEqual([expect.any(Number), 0]);
    expect(await counts(names.told)).toEqual([0, expect.any(Number)]);
    expect((await counts(names.called))[0]).toBeGreaterThan(1_000);
    expect((await counts(names.told))[1]).toBeGreaterThan(50);
  });

  it("expensive leavers are gone by the usual rule, calls and events alike, and paid less than they cost", async () => {
    const { users, plan } = stories.expensiveLeavers;
    const today = localDay(now, "America/New_York");
    const lastDay = "SELECT user_id, max((occurred_at AT TIME ZONE 'America/New_York')::date) AS day FROM";
    const gone = await rowOf(
      `SELECT count(*) FILTER (WHERE greatest(c.day, e.day) < $2::date - $3::int) AS people FROM
        (${lastDay} call WHERE user_id = ANY ($1) GROUP BY 1) c JOIN (${lastDay} usage_event WHERE user_id = ANY ($1) GROUP BY 1) e USING (user_id)`,
      [users, today, usualRetention.churnDays],
    );
    expect(gone.people).toBe(users.length);
    const paid = await people(
      "count(*) FILTER (WHERE plan = $2) AS on_plan, min(mrr_usd) AS mrr",
      "user_id = ANY ($1)",
      [users, plan],
    );
    expect(paid.on_plan).toBe(users.length);
    const cost = await rowOf(
      `SELECT min(usd) AS least FROM (SELECT sum(cost_usd) AS usd FROM call WHERE user_id = ANY ($1) GROUP BY user_id) AS each`,
      [users],
    );
    // Of about two months.
    expect(cost.least).toBeGreaterThan((paid.mrr ?? 0) * 2);
  });

  it("the busiest people are on the smallest paid plan", async () => {
    const { plan, mrrUsd, count } = usageStories.underPricedPowerUsers;
    const found = await rowOf(
      `SELECT count(*) FILTER (WHERE plan = $1 AND mrr_usd = $2::numeric) AS found FROM
       (SELECT user_id, tenant_id, count(*) AS calls FROM call JOIN tenant t USING (tenant_id) WHERE t.slug = 'demo' AND user_id <> ALL ($3)
        GROUP BY 1, 2 HAVING max(occurred_at) > $4::timestamptz - interval '3 days' ORDER BY 3 DESC LIMIT ${String(count - 2)}) AS top JOIN end_user USING (tenant_id, user_id)`,
      [plan, mrrUsd, [...stories.expensiveLeavers.users, stories.retryLoop.user], now],
    );
    expect(found.found).toBe(count - 2);
    const each = await people(
      "count(DISTINCT plan) AS plans, count(*) FILTER (WHERE mrr_usd IS NULL) AS silent",
    );
    expect(each.plans).toBe(5);
    expect(each.silent).toBeGreaterThan(3);
  });

  it("people who never came, some of whom pay", async () => {
    const { users, paying } = usageStories.neverCame;
    const found = await people(
      "count(*) AS users, count(*) FILTER (WHERE mrr_usd > 0) AS paying",
      `NOT ${isCaller} AND NOT ${isUser}`,
    );
    expect(found).toEqual({ users, paying });
  });

  it("features of which somebody said what holds for them", async () => {
    const ctx = await systemContext(await demoTenant(), "test", { now });
    const { settings } = await listFeatureSettings(ctx);
    const of = (name: string) => settings.find(({ feature }) => feature === name);
    const { protectedFeature, seasonalFeature } = usageStories;
    expect(of(protectedFeature.feature)?.protectedReason).toBe(protectedFeature.reason);
    expect(of(seasonalFeature.feature)?.seasonalMonths).toEqual([...seasonalFeature.months]);
    for (const [feature, event] of Object.entries(usageStories.conversions))
      expect(of(feature)).toMatchObject({
        conversionEvent: event,
        ownerId: expect.any(String) as string,
      });
  });
});

it("is counted whole by week and month, and nothing waits", async () => {
  const found = await rowOf(
    `SELECT (SELECT count(*) FROM activity_dirty) + (SELECT count(*) FROM activity_pending) AS waiting,
       (SELECT count(*) FROM call) AS calls, (SELECT sum(count) FROM usage_event) AS events,
       (SELECT sum(calls) FROM feature_period WHERE grain = 'month') AS "monthCalls", (SELECT sum(calls) FROM feature_period WHERE grain = 'week') AS "weekCalls",
       (SELECT sum(events) FROM feature_period WHERE grain = 'month') AS "monthEvents",
       (SELECT sum(cost_usd) FROM call) - (SELECT sum(cost_usd) FROM feature_period WHERE grain = 'month') AS difference`,
  );
  const { calls, events } = found;
  expect(found).toEqual({
    waiting: 0,
    calls,
    events,
    monthCalls: calls,
    weekCalls: calls,
    monthEvents: events,
    difference: 0,
  });
  expect(calls).toBeGreaterThan(15_000);
});

it("shows in the value of features: the dead ones at the bottom, the twins named", async () => {
  const ctx = await systemContext(await demoTenant(), "test", { now });
  const today = localDay(now, "America/New_York");
  const last = new Date(Date.UTC(Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 2, 1)).toISOString();
  const { features } = await featureValue(ctx, { month: last.slice(0, 7) });
  const { unusedFeatures } = stories;
  const { seasonalFeature, unmatchedNames, conversions } = usageStories;
  const bottom = features.slice(-3).map(({ feature }) => feature);
  expect(bottom.sort()).toEqual([...unusedFeatures.features, seasonalFeature.feature].sort());
  for (const feature of Object.keys(conversions))
    expect(features.find((one) => one.feature === feature)?.costPerConversionUsd).toMatch(/^\d/);
  const { onlyEvents, onlyCalls } = await unmatchedFeatures(ctx);
  const { called: calledName, told: toldName } = unmatchedNames;
  expect(onlyEvents.names.find(({ feature }) => feature === toldName)?.twin).toBe(calledName);
  expect(onlyCalls.names.find(({ feature }) => feature === calledName)?.twin).toBe(toldName);
});
