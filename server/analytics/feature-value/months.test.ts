import { describe, expect, it } from "vitest";
import { monthsUpTo, periodsUpTo, trendPeriods } from "./months";

describe("months", () => {
  it.each([
    ["2026-11", 1, "2026-11-01", "2026-12-01", "2026-10-01"],
    ["2026-12", 1, "2026-12-01", "2027-01-01", "2026-11-01"],
    ["2026-01", 1, "2026-01-01", "2026-02-01", "2025-12-01"],
    ["2026-02", 3, "2025-12-01", "2026-03-01", "2025-09-01"],
    ["2028-02", 12, "2027-03-01", "2028-03-01", "2026-03-01"],
  ])("up to %s, %i of them", (month, count, first, end, before) => {
    const months = monthsUpTo(month, count);
    expect(months.now).toEqual({ first, end });
    expect(months.before).toEqual({ first: before, end: first });
  });

  it("go back over years and leap days", () => {
    expect(periodsUpTo("2028-03-01", "month", 3)).toEqual(["2028-01-01", "2028-02-01", "2028-03-01"]);
    expect(periodsUpTo("2026-01-05", "week", 3)).toEqual(["2025-12-22", "2025-12-29", "2026-01-05"]);
  });
});

describe("the trend", () => {
  const november = { first: "2026-11-01", end: "2026-12-01" };

  it.each<[string, "week" | "month", string, number, string]>([
    ["ends with the running week", "week", "2026-11-22", 12, "2026-11-16"],
    ["ends with the week of the month's last day once it is over", "week", "2026-12-20", 12, "2026-11-30"],
    ["ends with the month itself", "month", "2026-11-22", 6, "2026-11-01"],
    ["of months ends with the chosen one", "month", "2027-02-01", 6, "2026-11-01"],
  ])("%s", (_, grain, today, length, last) => {
    const periods = trendPeriods(november, today, grain);
    expect(periods).toHaveLength(length);
    expect(periods.at(-1)).toBe(last);
  });
});
