import { describe, expect, it } from "vitest";
import { addDays, daysBetween, instantOf, localTime } from "@/app/_format/local-day";
import { daysBefore, daysOf, lastDays } from "./range";

describe("local days", () => {
  it.each([
    ["India is ahead", "2026-11-18T20:00:00Z", "Asia/Kolkata", { day: "2026-11-19", minutes: 90 }],
    ["Nepal is 45 minutes off", "2026-11-18T00:00:00Z", "Asia/Kathmandu", { day: "2026-11-18", minutes: 345 }],
    ["New York is behind", "2026-11-18T03:00:00Z", "America/New_York", { day: "2026-11-17", minutes: 22 * 60 }],
    ["midnight is minute 0, not 24:00", "2026-11-18T00:00:00Z", "UTC", { day: "2026-11-18", minutes: 0 }],
  ])("%s", (_case, at, timeZone, expected) => expect(localTime(new Date(at), timeZone)).toEqual(expected));

  it("cross months and leap days", () => expect([addDays("2028-02-28", 1), addDays("2026-01-01", -1)]).toEqual(["2028-02-29", "2025-12-31"]));
  it("exclude their end", () => expect(daysBetween("2026-02-27", "2026-03-02")).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]));

  it.each([
    ["before the clocks go forward", { day: "2026-03-29", minutes: 60 }, "2026-03-29T00:00:00.000Z"],
    ["after", { day: "2026-03-29", minutes: 240 }, "2026-03-29T02:00:00.000Z"],
    ["in winter", { day: "2026-12-01", minutes: 0 }, "2026-11-30T23:00:00.000Z"],
  ])("to an instant %s", (_case, local, instant) => expect(instantOf(local, "Europe/Berlin").toISOString()).toBe(instant));
});

describe("ranges", () => {
  const today = "2026-11-18";
  it.each([
    ["7d", { from: "2026-11-12", to: "2026-11-19" }],
    ["30d", { from: "2026-10-20", to: "2026-11-19" }],
    ["90d", { from: "2026-08-21", to: "2026-11-19" }],
    ["mtd", { from: "2026-11-01", to: "2026-11-19" }],
  ] as const)("%s", (range, days) => expect(daysOf(range, today)).toEqual(days));

  it("the first of a month has one day so far", () => expect(daysOf("mtd", "2026-11-01")).toEqual({ from: "2026-11-01", to: "2026-11-02" }));

  it("compares a part of today with the same part", () =>
    expect(daysBefore(7, new Date("2026-11-18T14:22:00Z"), "UTC")).toEqual({ from: "2026-11-05", to: "2026-11-11T14:15:00.000Z" }));

  it("at the same time of day, though the clocks changed in between", () =>
    expect(daysBefore(7, new Date("2026-10-27T11:00:00Z"), "Europe/Berlin").to).toBe("2026-10-20T10:00:00.000Z"));

  it("both periods start on as many days", () => {
    const before = daysBefore(30, new Date("2026-11-18T14:22:00Z"), "UTC");
    const current = lastDays(30, today);
    expect(daysBetween(before.from, current.from)).toHaveLength(30);
  });
});
