import { describe, expect, it } from "vitest";
import { addDays } from "@/server/calendar/local-day";
import { usualRetention } from "./schemas";
import { stateBounds, stateOf } from "./state";

const today = "2026-03-31";
const after = (days: number, settings = usualRetention) =>
  stateOf(addDays(today, -days), stateBounds(today, settings));

describe("how a user stands", () => {
  it.each([
    [0, "active"],
    [13, "active"],
    [14, "active"],
    [15, "atRisk"],
    [30, "atRisk"],
    [31, "churned"],
    [400, "churned"],
    // A clock of the app's that is ahead.
    [-1, "active"],
  ] as const)("%i days after the last one", (days, state) => expect(after(days)).toBe(state));

  it("is nothing yet for somebody who never came", () =>
    expect(stateOf(null, stateBounds(today, usualRetention))).toBe("never"));

  it.each([
    ["tenants set the days", { activeDays: 7, churnDays: 8 }, [7, 8, 9], ["active", "atRisk", "churned"]],
    ["nobody is at risk when both are the same", { activeDays: 5, churnDays: 5 }, [5, 6], ["active", "churned"]],
  ] as const)("%s", (_name, days, ago, states) =>
    expect(ago.map((n) => after(n, { ...usualRetention, ...days }))).toEqual(states)); // prettier-ignore

  it("is active again for who came back", () => {
    expect(after(60)).toBe("churned");
    expect(after(0)).toBe("active");
  });
});
