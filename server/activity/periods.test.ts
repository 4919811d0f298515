import { expect, it } from "vitest";
import { daysOfPeriod, nextPeriod, periodOf, periodsBetween } from "./periods";

it.each([
  ["a Monday", "2026-11-16", "week", "2026-11-16"],
  ["a Sunday", "2026-11-22", "week", "2026-11-16"],
  ["a week over New Year", "2026-01-03", "week", "2025-12-29"],
  ["before 1970", "1969-12-31", "week", "1969-12-29"],
  ["a first", "2026-03-01", "month", "2026-03-01"],
  ["a leap day", "2028-02-29", "month", "2028-02-01"],
] as const)("%s: %s is in the %s of %s", (_, day, grain, period) => {
  expect(periodOf(day, grain)).toBe(period);
});

it.each([
  ["2026-12-01", "month", "2027-01-01", "2026-12-31"],
  ["2026-02-01", "month", "2026-03-01", "2026-02-28"],
  ["2028-02-01", "month", "2028-03-01", "2028-02-29"],
  ["2026-12-28", "week", "2027-01-04", "2027-01-03"],
] as const)("after %s (%s) comes %s, it ends with %s", (period, grain, next, last) => {
  expect(nextPeriod(period, grain)).toBe(next);
  expect(daysOfPeriod(period, grain)).toEqual({ first: period, last });
});

it.each([
  ["2026-11-16", "2026-11-16", "week", 0],
  ["2025-12-29", "2026-11-16", "week", 46],
  ["2025-12-01", "2026-11-01", "month", 11],
  ["2026-01-01", "2026-02-01", "month", 1],
] as const)("from %s to %s it is %s periods on: %s", (from, to, grain, periods) => {
  expect(periodsBetween(from, to, grain)).toBe(periods);
});
