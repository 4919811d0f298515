import { expect, it } from "vitest";
import { paramLines, valueWords } from "./param-words";

it.each([
  [30, "percent", "30%"],
  [0.5, "percent", "0.5%"],
  [1.1, "times", "1.1×"],
  [3, "usd", "$3.00"],
  [0.005, "usd", "< $0.01"],
  [1_000_000, "calls", "1,000,000"],
  [1, "days", "1 day"],
  [72, "hours", "72 hours"],
  [15, "points", "15 points"],
  [2.5, "sigmas", "2.5"],
] as const)("reads %s %s as %j", (value, unit, words) => {
  expect(valueWords(value, unit)).toBe(words);
});

it("tells every parameter of a rule, as it is set or as delivered", () => {
  expect(paramLines("week-over-week", { rise: 45 })).toEqual([
    "More than the week before by: 45%",
    "At least this much more than expected: $3.00",
    "Without a past to compare with, at least: $250.00",
  ]);
  expect(paramLines("budget", {})).toEqual([]);
});
