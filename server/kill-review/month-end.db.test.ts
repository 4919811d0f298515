import { beforeAll, describe, expect, it, vi } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import type { Tenant } from "@/server/context";
import { addDestination } from "@/server/delivery/add";
import * as delivery from "@/server/delivery/enqueue-report";
import { count, store } from "@/tests/factories/stored";
import { asAdmin, contextOf, loadPrices, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { listDueTenants } from "./list-due";
import { makeKillReview } from "./make";
import { makeDueKillReview } from "./make-due";
import { monthOf } from "./month";
import * as queries from "./queries";
import { readKillReview } from "./read";

beforeAll(async () => {
  await loadPrices(new Date("2024-01-01T00:00:00Z"));
  await asAdmin(
    "SELECT create_month(m::date) FROM generate_series(DATE '2024-01-01', DATE '2024-03-01', interval '1 month') AS m",
  );
});

const minutes = (at: Date, later: number) => new Date(at.getTime() + later * 60_000);
/** gpt-4o: a dollar a call. */
const call = (id: string, occurredAt: Date, feature = "chat") => ({
  id,
  occurredAt: occurredAt.toISOString(),
  provider: "openai",
  model: "gpt-4o",
  usage: { inputTokens: 400_000 },
  feature,
});
const made = (tenant: Tenant, at: Date) => makeDueKillReview(contextOf(tenant, system, at));
const isListed = async (tenant: Tenant, at: Date) =>
  (await listDueTenants(at)).some(({ tenantId }) => tenantId === tenant.id);
const hook = "https://hooks.slack.com/services/T0/B0/abcdefghijklmnopqrstuvwx";
const slack = (tenant: Tenant, at: Date) =>
  addDestination(contextOf(tenant, personWith("admin"), at), { kind: "slack", name: "all", url: hook });
const reports = (tenant: Tenant) =>
  asAdmin<{ key: string }>("SELECT key FROM delivery WHERE tenant_id = $1 ORDER BY key", [tenant.id]);
const told = (tenant: Tenant) =>
  asAdmin('SELECT month::text AS month, told_at AS "toldAt" FROM kill_review WHERE tenant_id = $1', [
    tenant.id,
  ]);

describe.each([
  ["28 days", "2027-02-01"],
  ["29 days", "2024-02-01"],
  ["30 days", "2026-11-01"],
  ["31 days", "2026-12-01"],
])("a month of %s", (_name, first) => {
  it.each(["Asia/Kolkata", "America/New_York"])("in %s is reviewed once, and told once", async (timeZone) => {
    const tenant = await makeTenant({ timeZone });
    const month = monthOf(first, timeZone);
    await slack(tenant, month.from);
    const last = minutes(month.to, -1);
    // Of the first and last minute of the month; what lies just beyond is in others.
    await store(tenant, [call("before", minutes(month.from, -1)), call("first", month.from), call("last", last), call("after", month.to)], minutes(month.to, 10)); // prettier-ignore
    // The month before is over all through this one, and has its own review.
    expect(await made(tenant, last)).toMatchObject({ month: monthBefore(first), made: true });
    expect(await isListed(tenant, last)).toBe(false);
    expect(await isListed(tenant, month.to)).toBe(true);
    // Calls may still come for an hour.
    expect(await made(tenant, month.to)).toBeNull();
    expect(await made(tenant, minutes(month.to, 59))).toBeNull();
    const at = minutes(month.to, 60);
    const all = await Promise.all([1, 2, 3].map(() => made(tenant, at)));
    expect(all.filter((one) => one?.made)).toHaveLength(1);
    expect(all.every((one) => one?.month === first)).toBe(true);
    expect(await isListed(tenant, minutes(at, 15))).toBe(false);
    for (const later of [15, 1_440, 7 * 1_440])
      expect(await made(tenant, minutes(at, later))).toEqual({ month: first, made: false, destinations: 0 });
    expect(await reports(tenant)).toEqual([
      { key: `report:kill-review:${monthBefore(first)}` },
      { key: `report:kill-review:${first}` },
    ]);
    const review = await readKillReview(contextOf(tenant, personWith("viewer"), at), { month: first });
    expect(review).toMatchObject({ timeZone, takenAt: at, figures: { costUsd: "2", calls: 2 } });
    expect(review.figures.to).toBe(month.to.toISOString());
  });
});

const monthBefore = (first: string) => `${addDays(first, -1).slice(0, 7)}-01`;

describe("a review that is late or interrupted", () => {
  const { from, to } = monthOf("2026-11-01", "UTC");
  const atOnce = minutes(to, 75);
  const prepared = async () => {
    const tenant = await makeTenant();
    await slack(tenant, from);
    await store(tenant, [call("one", minutes(from, 5))], minutes(to, -5));
    return tenant;
  };
  const november = { key: "report:kill-review:2026-11-01" };

  it.each([
    ["a day", 1],
    ["a week", 7],
    ["nearly a month", 29],
  ])("is made up for after %s, as it would have been", async (_name, days) => {
    const tenant = await prepared();
    const at = minutes(atOnce, days * 1_440);
    expect(await isListed(tenant, at)).toBe(true);
    expect(await made(tenant, at)).toEqual({ month: "2026-11-01", made: true, destinations: 1 });
    expect(await reports(tenant)).toEqual([november]);
  });

  it("is told when it was killed after it was frozen", async () => {
    const tenant = await prepared();
    vi.spyOn(delivery, "enqueueReport").mockRejectedValueOnce(new Error("killed"));
    await expect(made(tenant, atOnce)).rejects.toThrow("killed");
    expect(await told(tenant)).toEqual([{ month: "2026-11-01", toldAt: null }]);
    expect(await isListed(tenant, minutes(atOnce, 15))).toBe(true);
    expect(await made(tenant, minutes(atOnce, 15))).toEqual({
      month: "2026-11-01",
      made: false,
      destinations: 1,
    });
    expect(await reports(tenant)).toEqual([november]);
  });

  it("is not told again when it was killed before that was noted", async () => {
    const tenant = await prepared();
    vi.spyOn(queries, "noteTold").mockRejectedValueOnce(new Error("killed"));
    await expect(made(tenant, atOnce)).rejects.toThrow("killed");
    expect(await reports(tenant)).toEqual([november]);
    expect(await made(tenant, minutes(atOnce, 15))).toEqual({
      month: "2026-11-01",
      made: false,
      destinations: 0,
    });
    expect(await told(tenant)).toEqual([{ month: "2026-11-01", toldAt: minutes(atOnce, 15) }]);
    expect(await reports(tenant)).toEqual([november]);
  });

  it("waits for what is stored and not counted yet", async () => {
    const tenant = await prepared();
    await asAdmin("INSERT INTO activity_dirty (tenant_id, day) VALUES ($1, '2026-11-30')", [tenant.id]);
    await expect(makeKillReview(contextOf(tenant, system, atOnce))).rejects.toMatchObject({
      code: "CONFLICT",
    });
    expect(await made(tenant, atOnce)).toBeNull();
    await count(tenant, atOnce);
    // Nor for what is of a later month.
    await asAdmin("INSERT INTO activity_dirty (tenant_id, day) VALUES ($1, '2026-12-01')", [tenant.id]);
    expect(await made(tenant, atOnce)).toMatchObject({ made: true });
  });

  it("keeps the zone that it was made in", async () => {
    const tenant = await prepared();
    await made(tenant, atOnce);
    const moved = { ...tenant, timeZone: "Asia/Kolkata" };
    const review = await readKillReview(contextOf(moved, personWith("viewer"), atOnce), {
      month: "2026-11-01",
    });
    expect([review.timeZone, review.sinceThen.total.calls]).toEqual(["UTC", 0]);
  });

  it("has nothing to look at before anything was seen", async () => {
    const tenant = await makeTenant();
    await count(tenant, atOnce);
    expect(await made(tenant, atOnce)).toBeNull();
    await expect(makeKillReview(contextOf(tenant, system, atOnce))).rejects.toMatchObject({ code: "NOT_FOUND" });
    await expect(makeKillReview(contextOf(tenant, personWith("finance"), atOnce))).rejects.toMatchObject({ code: "FORBIDDEN" });
  }); // prettier-ignore
});
