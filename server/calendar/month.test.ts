import { expect, it } from "vitest";
import { addMonths, lastOfMonth, lastWholeMonth, monthAfter, monthsFromTo, thisMonth } from "./month";

it.each([
  ["2026-11", "2026-12"],
  ["2026-12", "2027-01"],
])("after %s comes %s", (month, next) => {
  expect(monthAfter(month)).toBe(next);
});

it.each([
  { from: "2026-11-01", months: 2, to: "2027-01-01" },
  { from: "2026-01-01", months: -1, to: "2025-12-01" },
  { from: "2026-03-01", months: -25, to: "2024-02-01" },
])("$months months from $from is $to", ({ from, months, to }) => {
  expect(addMonths(from, months)).toBe(to);
});

it.each([
  { of: "2024-02-03", day: "2024-02-29" },
  { of: "2026-12-31", day: "2026-12-31" },
])("the last of the month of $of is $day", ({ of, day }) => {
  expect(lastOfMonth(of)).toBe(day);
});

it("counts both ends, and none where the end is before the beginning", () => {
  expect(monthsFromTo("2026-11", "2027-01")).toEqual(["2026-11", "2026-12", "2027-01"]);
  expect(monthsFromTo("2026-11", "2026-11")).toEqual(["2026-11"]);
  expect(monthsFromTo("2026-11", "2026-10")).toEqual([]);
});

it("a month begins with the zone's midnight", () => {
  const now = new Date("2026-11-01T03:59:59Z");
  expect(thisMonth(now, "America/New_York")).toBe("2026-10-01");
  expect(lastWholeMonth(now, "America/New_York")).toBe("2026-09-01");
  expect(lastWholeMonth(now, "UTC")).toBe("2026-10-01");
});
