import { describe, expect, it } from "vitest";
import { lastAndPrevious } from "@/server/analytics/windows/bounds";
import { instantOf } from "../_scope/moments";
import { resolveScope } from "../_scope/scope";
import { windowScope, windowsShown } from "./windows";

const params = {
  range: null,
  from: null,
  to: null,
  compare: "year",
  cfrom: null,
  cto: null,
  match: null,
  f: ["feature:chat"],
  by: null,
  i: null,
} as const;

describe.each([
  ["in the afternoon", "2026-11-21T16:08:00Z", "America/New_York"],
  ["after the clocks went back", "2026-11-03T02:20:00Z", "America/New_York"],
  ["where the clock moves by half an hour", "2026-10-05T22:10:00Z", "Australia/Lord_Howe"],
  ["just past midnight", "2026-11-20T18:31:00Z", "Asia/Kolkata"],
])("a window %s", (_name, at, timeZone) => {
  const now = new Date(at);
  const scope = resolveScope({ ...params, f: [...params.f] }, now, timeZone);
  it.each(windowsShown)("of $days days is the one that reports.windows tells of", (window) => {
    const { compared } = windowScope(window, scope, now);
    const { last, previous } = lastAndPrevious(window.days, now, timeZone);
    const instants = ({ from, to }: { from: string; to: string }) => ({
      from: instantOf(from, timeZone),
      to: instantOf(to, timeZone),
    });
    expect(instants(compared)).toEqual(last);
    expect("compare" in compared && instants(compared.compare)).toEqual(previous);
    expect(compared.filter).toEqual({ feature: ["chat"] });
  });
});
