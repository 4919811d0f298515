import { expect, it } from "vitest";
import { guardOf } from "./guard";

const usual = {
  month: "2026-11-01",
  protectedReason: null,
  seasonalMonths: [],
  firstUsedOn: null,
  knownSince: "2026-01-05",
};

it.each([
  ["nothing to guard it", {}, null],
  ["protected", { protectedReason: "the law wants it" }, "protected"],
  ["in its season", { seasonalMonths: [11, 12] }, null],
  ["out of its season", { seasonalMonths: [3, 4] }, "seasonal"],
  ["the month before its season", { seasonalMonths: [12] }, "seasonal"],
  ["the month before a season of the next year", { month: "2026-12-01", seasonalMonths: [1] }, "seasonal"],
  // The month ends with 30 November; the day after it is 1 December, 60 days after 2 October.
  ["59 days before the end of the month", { firstUsedOn: "2026-10-03" }, "new"],
  ["60 days before it", { firstUsedOn: "2026-10-02" }, null],
  ["the tenant's first call on the first of the month", { knownSince: "2026-11-01" }, null],
  ["on the second", { knownSince: "2026-11-02" }, "too_little_data"],
  ["no call at all, only usage", { knownSince: null }, null],
  ["what people said comes first", { protectedReason: "x", firstUsedOn: "2026-11-02", knownSince: "2026-11-02" }, "protected"],
])("%s", (_name, change, guard) => {
  expect(guardOf({ ...usual, ...change })?.guard ?? null).toBe(guard);
}); // prettier-ignore

it.each([
  [{ seasonalMonths: [12] }, "Its season begins next month, in December."],
  [{ seasonalMonths: [3, 4] }, "It is used in March, April; November is out of its season."],
  [{ protectedReason: "the law wants it" }, "Protected: the law wants it"],
])("says so in words: %j", (change, sentence) => {
  expect(guardOf({ ...usual, ...change })?.sentence).toBe(sentence);
});
