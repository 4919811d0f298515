import { beforeAll, describe, expect, it } from "vitest";
import { refreshAll } from "@/server/activity/refresh";
import { recordCalls } from "@/server/calls/record";
import type { Tenant } from "@/server/context";
import { setFeature } from "@/server/features/set";
import { setRetentionSettings } from "@/server/retention/settings";
import { rollUp } from "@/server/rollups/roll-up";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { storeZonedCalls } from "@/tests/ledger/zoned-calls";
import { featureValue } from "./feature-value";
import { unmatchedFeatures } from "./unmatched";

const now = new Date("2026-11-20T12:00:00Z");
const reader = (tenant: Tenant, at = now) => contextOf(tenant, personWith("viewer"), at);
const jobs = (tenant: Tenant) => contextOf(tenant, system, now);

beforeAll(async () => {
  await loadPrices(now);
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2026-01-01', DATE '2026-11-01', interval '1 month') AS m",
  );
});

interface Told {
  id: string;
  at: string;
  user?: string | null;
  feature?: string | null;
  event?: string;
  count?: number;
}
async function tell(tenant: Tenant, events: readonly Told[]) {
  for (const { id, at, user = null, feature = null, event = "used", count = 1 } of events)
    await asAdmin(
      "INSERT INTO usage_event (tenant_id, message_id, occurred_at, received_at, user_id, feature, event, count, source) VALUES ($1, $2, $3, $3, $4, $5, $6, $7, 'test')",
      [tenant.id, id, at, user, feature, event, count],
    );
}

/** The same by one plain GROUP BY over the ledger and one over the events of local days. */
const plainly = (tenant: Tenant, first: string, end: string) =>
  asAdmin<Record<string, unknown> & { feature: string }>(
    `WITH c AS (
       SELECT coalesce(feature, '') AS feature, user_id, share_no, attempt, error_class, cost_usd FROM call
       WHERE tenant_id = $1 AND (occurred_at AT TIME ZONE $2)::date >= $3 AND (occurred_at AT TIME ZONE $2)::date < $4
     ), e AS (
       SELECT coalesce(feature, '') AS feature, user_id, event, count FROM usage_event
       WHERE tenant_id = $1 AND (occurred_at AT TIME ZONE $2)::date >= $3 AND (occurred_at AT TIME ZONE $2)::date < $4
     ), one AS (SELECT * FROM c WHERE share_no IS NULL OR share_no = 1)
     SELECT feature,
       (SELECT count(*) FROM one WHERE one.feature = f.feature)::int AS calls,
       (SELECT count(*) FROM one WHERE one.feature = f.feature AND attempt = 1)::int AS requests,
       (SELECT count(*) FROM one WHERE one.feature = f.feature AND error_class IS NULL)::int AS "successfulCalls",
       (SELECT count(*) FROM one WHERE one.feature = f.feature AND cost_usd IS NULL)::int AS "unpricedCalls",
       (SELECT trim_scale(coalesce(sum(cost_usd), 0))::text FROM c WHERE c.feature = f.feature) AS "costUsd",
       (SELECT coalesce(sum(count), 0) FROM e WHERE e.feature = f.feature)::int AS events,
       (SELECT count(DISTINCT user_id) FROM (SELECT feature, user_id FROM c UNION SELECT feature, user_id FROM e) AS u
        WHERE u.feature = f.feature AND user_id IS NOT NULL)::int AS users,
       (SELECT coalesce(sum(count), 0) FROM e WHERE e.feature = f.feature AND event = 'Reply Sent')::int AS replies,
       (SELECT count(DISTINCT user_id) FROM (SELECT user_id FROM c UNION SELECT user_id FROM e) AS u)::int AS everybody
     FROM (SELECT feature FROM c UNION SELECT feature FROM e) AS f ORDER BY 1`,
    [tenant.id, tenant.timeZone, first, end],
  );

describe.each(["America/New_York", "Asia/Kolkata"])("features of %s", (timeZone) => {
  let tenant: Tenant;
  beforeAll(async () => {
    tenant = await makeTenant({ timeZone });
    await storeZonedCalls(tenant, now);
    const features = ["chat", "mail", "export", null];
    await tell(
      tenant,
      Array.from({ length: 90 }, (_, n) => ({
        id: `e${String(n)}`,
        // Over the turn of the month, at any hour.
        at: new Date(Date.parse("2026-10-24T00:00:00Z") + n * 11_000_000).toISOString(),
        user: n % 6 === 5 ? null : `user-${String((n * 5) % 17)}`,
        feature: features[n % 4] ?? null,
        event: n % 3 === 0 ? "Reply Sent" : "used",
        count: n % 6 === 5 ? 3 : 1,
      })),
    );
    await refreshAll(jobs(tenant));
    const finance = contextOf(tenant, personWith("finance"), now);
    await setFeature(finance, { feature: "chat", conversionEvent: "Reply Sent" });
    await setFeature(finance, { feature: "mail", conversionEvent: "Never Told" });
    await setFeature(finance, { feature: "planned", seasonalMonths: [1] });
    const few = { activeDays: 14, churnDays: 30, minUsers: 5, mrrOf: "user" as const };
    await setRetentionSettings(contextOf(tenant, personWith("admin"), now), few);
  });

  it.each([
    ["2026-11", 1, "2026-11-01", "2026-12-01"],
    ["2026-10", 1, "2026-10-01", "2026-11-01"],
    ["2026-11", 2, "2026-10-01", "2026-12-01"],
    ["2026-11", 12, "2025-12-01", "2026-12-01"],
    ["2026-07", 1, "2026-07-01", "2026-08-01"],
  ])("of %s and so many months (%i) are a plain GROUP BY", async (month, months, first, end) => {
    const answer = await featureValue(reader(tenant), { month, months });
    const plain = await plainly(tenant, first, end);
    const rows = new Map(plain.map((row) => [row.feature, row]));
    const { unattributed } = answer;
    for (const one of [...answer.features, unattributed]) {
      const row = rows.get(one.feature);
      const uses = Math.max(Number(row?.requests ?? 0), Number(row?.events ?? 0));
      expect(one, one.feature).toMatchObject({
        calls: row?.calls ?? 0,
        requests: row?.requests ?? 0,
        successfulCalls: row?.successfulCalls ?? 0,
        unpricedCalls: row?.unpricedCalls ?? 0,
        costUsd: row?.costUsd ?? "0",
        events: row?.events ?? 0,
        uses,
        activeUsers: Number(row?.users ?? 0) === 0 && uses > 0 ? null : (row?.users ?? 0),
        conversions: one.feature === "chat" ? (row?.replies ?? 0) : one.feature === "mail" ? 0 : null,
      });
    }
    for (const feature of rows.keys())
      expect([...answer.features, unattributed].map((one) => one.feature)).toContain(feature);
    expect(answer.total.activeUsers).toBe(plain[0]?.everybody ?? 0);
    const uses = answer.features.map((one) => one.uses);
    expect(uses).toEqual([...uses].sort((one, other) => other - one));
  });

  it("stand beside the months before, with a share and a price of each thing", async () => {
    const { features, before, total } = await featureValue(reader(tenant), { month: "2026-11" });
    const earlier = await featureValue(reader(tenant), { month: "2026-10" });
    const chat = features.find(({ feature }) => feature === "chat");
    expect(chat?.before).toMatchObject({
      costUsd: earlier.features.find(({ feature }) => feature === "chat")?.costUsd,
    });
    expect(before).toEqual({ costUsd: earlier.total.costUsd, activeUsers: earlier.total.activeUsers });
    const { costUsd = "0", activeUsers, successfulCalls = 0, conversions } = chat ?? {};
    const each = (by: number | null | undefined) =>
      by ? (expect.closeTo(Number(costUsd) / by, 10) as number) : null;
    const numbered = (usd: string | null | undefined) => (usd === null ? null : Number(usd));
    expect(numbered(chat?.costPerActiveUserUsd)).toEqual(each(activeUsers));
    expect(numbered(chat?.costPerSuccessUsd)).toEqual(each(successfulCalls));
    expect(numbered(chat?.costPerConversionUsd)).toEqual(each(conversions));
    expect(Number(chat?.adoption)).toBeCloseTo(Number(activeUsers) / total.activeUsers, 5);
    expect(chat?.trend).toHaveLength(12);
  });

  it("that were planned and never used are listed with their zeros, the last", async () => {
    const { features } = await featureValue(reader(tenant), { month: "2026-11" });
    expect(features.at(-1)).toMatchObject({
      feature: "planned",
      uses: 0,
      activeUsers: 0,
      adoption: "0",
      costPerActiveUserUsd: null,
      setting: { seasonalMonths: [1] },
    });
  });

  it("have a trend of weeks or months that ends today and is a gap where nobody was there", async () => {
    const weeks = await featureValue(reader(tenant), {});
    expect(weeks.trend.periods.at(-1)).toBe("2026-11-16");
    expect(weeks.months).toEqual({ first: "2026-11-01", last: "2026-11-30", isRunning: true });
    const chat = weeks.features.find(({ feature }) => feature === "chat");
    expect(chat?.trend.at(-1)).toEqual({ period: "2026-11-16", activeUsers: null, adoption: null });
    expect(chat?.trend.some(({ adoption }) => Number(adoption) > 0)).toBe(true);
    const months = await featureValue(reader(tenant), { month: "2026-10", trend: "month" });
    expect(months.months.isRunning).toBe(false);
    expect(months.trend.periods).toEqual(["2026-05-01", "2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"]); // prettier-ignore
  });
});

describe("named cases", () => {
  const call = (id: string, more: object) => ({
    id,
    occurredAt: "2026-11-10T12:00:00Z",
    provider: "openai",
    model: "gpt-4o",
    usage: { inputTokens: 1000, outputTokens: 10 },
    ...more,
  });
  async function lived(calls: object[], events: Told[] = []) {
    const tenant = await makeTenant();
    if (calls.length > 0) await recordCalls(jobs(tenant), { calls }, { source: "test", anyAge: true });
    while ((await rollUp(jobs(tenant))).more);
    await tell(tenant, events);
    await refreshAll(jobs(tenant));
    return tenant;
  }
  const valueOf = async (tenant: Tenant) => featureValue(reader(tenant), {});

  it("no features at all", async () => {
    const answer = await valueOf(await lived([]));
    expect(answer).toMatchObject({ features: [], before: null, total: { activeUsers: 0, costUsd: "0" } });
    expect(answer.unattributed).toMatchObject({ activeUsers: 0, adoption: null, costShare: null });
  });

  it("one user: counted, and no share claimed of so few", async () => {
    const { features } = await valueOf(await lived([call("1", { userId: "u", feature: "chat" })]));
    expect(features).toMatchObject([{ feature: "chat", activeUsers: 1, adoption: null }]);
    expect(features[0]?.costPerActiveUserUsd).toBe(features[0]?.costUsd);
  });

  it("calls without users: a gap and no zero", async () => {
    const { features } = await valueOf(await lived([call("1", { feature: "batch" })]));
    expect(features).toMatchObject([
      { uses: 1, activeUsers: null, adoption: null, costPerActiveUserUsd: null },
    ]);
    expect(features[0]?.trend.at(-2)?.activeUsers ?? null).toBeNull();
  });

  it("a feature that only events know costs nothing and has no cost per call", async () => {
    const at = "2026-11-10T12:00:00Z";
    const tenant = await lived([], [{ id: "1", at, user: "u", feature: "export" }]);
    expect((await valueOf(tenant)).features).toMatchObject([
      {
        uses: 1,
        events: 1,
        calls: 0,
        activeUsers: 1,
        costUsd: "0",
        costPerSuccessUsd: null,
        successRate: null,
      },
    ]);
  });

  it("of the calls and the events of one use the greater number counts; ties go by cost and name", async () => {
    const at = "2026-11-10T12:00:00Z";
    const tenant = await lived(
      [
        call("1", { feature: "b", userId: "u" }),
        call("2", { feature: "c" }),
        call("3", { feature: "c", attempt: 2 }),
      ],
      [
        { id: "1", at, user: "u", feature: "b" },
        { id: "2", at, user: "v", feature: "z" },
        { id: "3", at, user: "v", feature: "a" },
      ],
    );
    const { features } = await valueOf(tenant);
    expect(features.map(({ feature, uses }) => [feature, uses])).toEqual([["c", 1], ["b", 1], ["a", 1], ["z", 1]]); // prettier-ignore
  });

  it("a month that has not begun is refused; another tenant has none of it", async () => {
    const tenant = await lived([call("1", { feature: "chat", userId: "u" })]);
    await expect(featureValue(reader(tenant), { month: "2026-12" })).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field: "month" } }); // prettier-ignore
    expect((await valueOf(await makeTenant())).features).toEqual([]);
  });

  it("says when it was counted, and from which day on days wait to be counted anew", async () => {
    const tenant = await lived([call("1", { feature: "chat", userId: "u" })]);
    expect((await valueOf(tenant)).told).toEqual({ refreshedAt: now.toISOString(), provisionalFrom: null });
    await recordCalls(
      jobs(tenant),
      { calls: [call("2", { feature: "chat", userId: "v" })] },
      { source: "test", anyAge: true },
    );
    while ((await rollUp(jobs(tenant))).more);
    const { told, features } = await valueOf(tenant);
    expect(told.provisionalFrom).toBe("2026-11-10");
    expect(features).toMatchObject([{ calls: 1 }]);
    await refreshAll(jobs(tenant));
    expect((await valueOf(tenant)).features).toMatchObject([{ calls: 2, activeUsers: 2 }]);
    expect((await valueOf(await makeTenant())).told).toEqual({ refreshedAt: null, provisionalFrom: null });
  });

  it("names that only one side knows are told with their likely twins", async () => {
    const at = "2026-11-10T12:00:00Z";
    const tenant = await lived(
      [call("1", { feature: "doc-search" }), call("2", { feature: "chat" }), call("3", { feature: "index" })],
      [
        { id: "1", at, user: "u", feature: "doc_search" },
        { id: "2", at, user: "u", feature: "chat" },
        { id: "3", at, user: "u", feature: "export" },
        { id: "4", at: "2026-07-01T12:00:00Z", user: "u", feature: "long ago" },
      ],
    );
    const { onlyEvents, onlyCalls } = await unmatchedFeatures(reader(tenant));
    const told = ({ names }: typeof onlyEvents) => names.map(({ feature, twin }) => [feature, twin]);
    expect(told(onlyEvents)).toEqual([["doc_search", "doc-search"], ["export", null]]); // prettier-ignore
    expect(told(onlyCalls)).toEqual([["doc-search", "doc_search"], ["index", null]]); // prettier-ignore
    expect(onlyCalls.names[0]).toMatchObject({ calls: 1, events: 0, lastWeek: "2026-11-09" });
    expect(Number(onlyCalls.names[0]?.costUsd)).toBeGreaterThan(0);
  });

  it("of a tenant that tells no events no call is said to lack one", async () => {
    const tenant = await lived([call("1", { feature: "chat" })]);
    expect(await unmatchedFeatures(reader(tenant))).toMatchObject({
      hasEvents: false,
      onlyEvents: { names: [], more: 0 },
      onlyCalls: { names: [], more: 0 },
    });
  });
});
