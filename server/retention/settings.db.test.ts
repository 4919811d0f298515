import { beforeEach, describe, expect, it } from "vitest";
import type { Tenant } from "@/server/context";
import { asAdmin, contextOf, makeTenant, personWith } from "@/tests/factories/tenant";
import { retentionSettings, setRetentionSettings, showRetentionSettings } from "./settings";

let tenant: Tenant;
beforeEach(async () => {
  tenant = await makeTenant();
});
const ctx = (role: "admin" | "finance" = "admin", of = tenant) =>
  contextOf(of, personWith(role), new Date("2026-11-22T12:00:00Z"));
const usual = { activeDays: 14, churnDays: 30, minUsers: 20, mrrOf: "user" };

describe("the rule of who is gone", () => {
  it("is as delivered until somebody says otherwise, and again when they set it back", async () => {
    expect(await showRetentionSettings(ctx())).toEqual(usual);
    const said = { activeDays: 7, churnDays: 45, minUsers: 5, mrrOf: "account" } as const;
    expect(await setRetentionSettings(ctx(), said)).toEqual({ settings: said, before: usual });
    expect(await showRetentionSettings(ctx("finance"))).toEqual(said);
    expect(await ctx().db.rollup((db) => retentionSettings(db, tenant.id))).toEqual(said);
    expect((await setRetentionSettings(ctx(), {})).before).toEqual(said);
    expect(await showRetentionSettings(ctx())).toEqual(usual);
    const log = await asAdmin("SELECT before, after FROM audit_event WHERE tenant_id = $1 AND action = 'retention.settings-changed' ORDER BY seq", [tenant.id]); // prettier-ignore
    expect(log).toEqual([
      { before: usual, after: said },
      { before: said, after: usual },
    ]);
  });

  it("is a tenant's own", async () => {
    await setRetentionSettings(ctx(), { churnDays: 90 });
    expect(await showRetentionSettings(ctx("admin", await makeTenant()))).toEqual(usual);
  });

  it.each([
    ["gone before they are at risk", { activeDays: 14, churnDays: 13 }],
    ["no day at all", { activeDays: 0 }],
    ["half a day", { churnDays: 30.5 }],
    ["nobody", { minUsers: 0 }],
  ])("refuses %s", async (_name, input) => {
    await expect(setRetentionSettings(ctx(), input)).rejects.toThrow();
    expect(await showRetentionSettings(ctx())).toEqual(usual);
  });

  it("is not for everybody to change", async () => {
    await expect(setRetentionSettings(ctx("finance"), {})).rejects.toMatchObject({ code: "FORBIDDEN" });
  });
});
