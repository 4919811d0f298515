import { beforeEach, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { makeMember, makePerson } from "@/tests/factories/person";
import { asAdmin, contextOf, makeTenant, personWith, system } from "@/tests/factories/tenant";
import { listFeatureSettings } from "./list";
import { listFeatureEvents } from "./list-events";
import { setFeature } from "./set";

const now = new Date("2026-11-20T12:00:00Z");

let tenant: Tenant;
beforeEach(async () => {
  tenant = await makeTenant();
});
const finance = (of = tenant) => contextOf(of, personWith("finance"), now);
const listed = async (of = tenant) => (await listFeatureSettings(finance(of))).settings;
const audited = () =>
  asAdmin("SELECT action, subject, before, after FROM audit_event WHERE tenant_id = $1 ORDER BY seq", [
    tenant.id,
  ]);
async function member(of = tenant): Promise<string> {
  const person = await makePerson();
  await makeMember(of, "viewer", person);
  return person.personId;
}

const nothing = { ownerId: null, conversionEvent: null, protectedReason: null, seasonalMonths: [] };

describe("what is said of a feature", () => {
  it("holds until something else is said, and is taken back by what was before", async () => {
    const ownerId = await member();
    const said = {
      feature: "tax-report",
      ownerId,
      conversionEvent: "Report Filed",
      seasonalMonths: [4, 3, 4],
    };
    const first = await setFeature(finance(), said);
    expect(first.before).toEqual({ feature: "tax-report", ...nothing });
    expect(first.setting).toEqual({ ...said, protectedReason: null, seasonalMonths: [3, 4] });
    const second = await setFeature(finance(), {
      ...first.setting,
      protectedReason: "  The bank asks for it  ",
    });
    expect(second).toMatchObject({
      before: first.setting,
      setting: { protectedReason: "The bank asks for it" },
    });
    await setFeature(finance(), { feature: "archive", conversionEvent: "Found" });
    expect((await listed()).map(({ feature }) => feature)).toEqual(["archive", "tax-report"]);
    await setFeature(finance(), second.before);
    expect((await listed()).at(1)).toEqual(first.setting);
    await setFeature(finance(), first.before);
    expect((await listed()).map(({ feature }) => feature)).toEqual(["archive"]);
  });

  it("is written down without the reason, which may name somebody; what holds already is not", async () => {
    const said = { feature: "chat", protectedReason: "canary Maria signed it" };
    await setFeature(finance(), said);
    await setFeature(finance(), said);
    const entries = await audited();
    expect(entries).toMatchObject([
      {
        action: "feature.set",
        subject: "chat",
        before: { isProtected: false },
        after: { isProtected: true },
      },
    ]);
    expect(JSON.stringify(entries)).not.toContain("canary");
  });

  it("takes every month of the year as all year", async () => {
    const seasonalMonths = Array.from({ length: 12 }, (_, month) => month + 1);
    expect((await setFeature(finance(), { feature: "chat", seasonalMonths })).setting.seasonalMonths).toEqual(
      [],
    );
    expect(await listed()).toEqual([]);
  });

  it.each([
    ["no name", { feature: "" }],
    ["a month that is none", { feature: "chat", seasonalMonths: [13] }],
    ["an empty reason", { feature: "chat", protectedReason: "  " }],
    ["an owner who is no person", { feature: "chat", ownerId: "dana" }],
  ])("is refused with %s", async (_, input) => {
    await expect(setFeature(finance(), input)).rejects.toThrow();
    expect(await listed()).toEqual([]);
  });

  it("names no owner who is not a member; one who has left may stay named", async () => {
    const stranger = await member(await makeTenant());
    const refused = setFeature(finance(), { feature: "chat", ownerId: stranger });
    await expect(refused).rejects.toMatchObject({ code: "INVALID_INPUT", data: { field: "ownerId" } });
    const ownerId = await member();
    const { setting } = await setFeature(finance(), { feature: "chat", ownerId });
    await asAdmin("DELETE FROM member WHERE person_id = $1", [ownerId]);
    const again = await setFeature(finance(), { ...setting, conversionEvent: "Reply Sent" });
    expect(again.setting).toMatchObject({ ownerId, conversionEvent: "Reply Sent" });
  });

  it("takes the right; another tenant hears nothing of it", async () => {
    const viewer = contextOf(tenant, personWith("viewer"), now);
    await expect(setFeature(viewer, { feature: "chat" })).rejects.toMatchObject({ code: "FORBIDDEN" });
    await setFeature(finance(), { feature: "chat", protectedReason: "ours" });
    expect(await listed(await makeTenant())).toEqual([]);
  });
});

it("the events that a feature was seen with, in a year, the most frequent first", async () => {
  const put = (of: Tenant, period: string, feature: string, event: string, events: number) =>
    asAdmin("INSERT INTO feature_event_period (tenant_id, grain, period, feature, event, events, users) VALUES ($1, 'month', $2, $3, $4, $5, 2)", [of.id, period, feature, event, events]); // prettier-ignore
  await put(tenant, "2026-11-01", "chat", "used", 7);
  await put(tenant, "2026-10-01", "chat", "Reply Sent", 30);
  await put(tenant, "2025-11-01", "chat", "used", 5);
  await put(tenant, "2025-10-01", "chat", "Long Ago", 99);
  await put(tenant, "2026-11-01", "search", "Found", 99);
  await put(await makeTenant(), "2026-11-01", "chat", "Others", 99);
  const { events } = await listFeatureEvents(contextOf(tenant, system, now), { feature: "chat" });
  expect(events).toEqual([
    { event: "Reply Sent", events: "30", users: "2", lastMonth: "2026-10-01" },
    { event: "used", events: "12", users: "2", lastMonth: "2026-11-01" },
  ]);
});
