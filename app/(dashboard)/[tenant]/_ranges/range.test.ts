import { describe, expect, it } from "vitest";
import { daysBefore, daysOf, eachDay, lastDays } from "./range";

describe("ranges", () => {
  const today = "2026-11-18";
  it.each([
    ["7d", { from: "2026-11-12", to: "2026-11-19" }],
    ["30d", { from: "2026-10-20", to: "2026-11-19" }],
    ["90d", { from: "2026-08-21", to: "2026-11-19" }],
    ["mtd", { from: "2026-11-01", to: "2026-11-19" }],
  ] as const)("%s", (range, days) => expect(daysOf(range, today)).toEqual(days));

  it("the first of a month has one day so far", () =>
    expect(daysOf("mtd", "2026-11-01")).toEqual({ from: "2026-11-01", to: "2026-11-02" }));

  it("compares a part of today with the same part", () =>
    expect(daysBefore(7, new Date("2026-11-18T14:22:00Z"), "UTC")).toEqual({
      from: "2026-11-05",
      to: "2026-11-11T14:15:00.000Z",
    }));

  it("as far into the day, though the clocks changed in between", () =>
    expect(daysBefore(7, new Date("2026-10-27T11:00:00Z"), "Europe/Berlin").to).toBe(
      "2026-10-20T10:00:00.000Z",
    ));

  it("never beyond the end of that day, though today has 25 hours", () =>
    expect(daysBefore(7, new Date("2026-10-25T22:59:00Z"), "Europe/Berlin").to).toBe(
      "2026-10-18T22:00:00.000Z",
    ));

  it("excludes its end", () =>
    expect(eachDay({ from: "2026-02-27", to: "2026-03-02" })).toEqual([
      "2026-02-27",
      "2026-02-28",
      "2026-03-01",
    ]));

  it("both periods start on as many days", () => {
    const before = daysBefore(30, new Date("2026-11-18T14:22:00Z"), "UTC");
    const current = lastDays(30, today);
    expect(eachDay({ from: before.from, to: current.from })).toHaveLength(30);
  });
});
