import { describe, expect, it } from "vitest";
import { resolveScope } from "../_scope/scope";
import { callsOffers, lateQuestion } from "./search-params";

const now = new Date("2026-11-18T12:00:00Z");
const nothing = { range: null, from: null, to: null, compare: null, cfrom: null, cto: null, match: null, f: [], by: null, i: null }; // prettier-ignore
const filterOf = (f: string[], latencyBufferMinutes: number) =>
  lateQuestion(resolveScope({ ...nothing, f }, now, "UTC", callsOffers), latencyBufferMinutes).filter;

describe("calls that came late", () => {
  it("are those after the tenant's own buffer, and no imported history", () =>
    expect(filterOf(["feature:chat"], 90)).toEqual({
      feature: ["chat"],
      source: { not: ["import"] },
      lateByMinutes: 90,
    }));
  it("are of the source that is asked for, even of an import", () =>
    expect(filterOf(["source:import"], 90)).toEqual({ source: ["import"], lateByMinutes: 90 }));
  it("are by a minute at least where nothing is waited for", () =>
    expect(filterOf([], 0)).toMatchObject({ lateByMinutes: 1 }));
});
