import { expect, it } from "vitest";
import { SpendFigures } from "../schemas";
import { rankGrowth } from "./rank-growth";

const nothing = Object.fromEntries(Object.keys(SpendFigures.shape).map((name) => [name, name.endsWith("Usd") ? "0" : 0])) as SpendFigures; // prettier-ignore
const group = (key: string | null, now: string, before: string, calls = 100, callsBefore = 100) => ({
  key,
  current: { ...nothing, costUsd: now, calls },
  previous: { ...nothing, costUsd: before, calls: callsBefore },
});
const groups = [
  group("dear", "1000", "900"),
  group("fast", "30", "10"),
  group("tiny", "0.1", "0.01"),
  group("few", "50", "1", 19),
  group("at the floor", "1", "0.5", 20),
  group("same", "5", "5"),
  group("falling", "5", "6"),
  group("new", "40", "0", 100, 0),
  group("newer", "4", "0", 100, 0),
  group("free before", "7", "0", 100, 30),
  group(null, "3", "2"),
];
const floor = { minUsd: "1", minCalls: 20, order: "ratio" } as const;

it("ranks growth by its ratio; what has none comes after, the dearest first", () => {
  const rows = rankGrowth(groups, floor);
  expect(rows.map(({ key, changeUsd, changeRatio, isNew }) => [key, changeUsd, changeRatio, isNew])).toEqual([
    ["fast", "20", "2", false],
    ["at the floor", "0.5", "1", false],
    [null, "1", "0.5", false],
    ["dear", "100", "0.111111", false],
    ["new", "40", null, true],
    ["free before", "7", null, false],
    ["newer", "4", null, true],
  ]);
});

it("ranks it by what it comes to", () => {
  const rows = rankGrowth(groups, { ...floor, order: "usd", minUsd: "3" });
  expect(rows.map(({ key }) => key)).toEqual(["dear", "new", "fast", "free before", "newer", null]);
});

it("lets everything in without a floor", () => {
  const rows = rankGrowth(groups, { ...floor, minUsd: "0", minCalls: 0 });
  expect(rows.slice(0, 2).map(({ key, changeRatio }) => [key, changeRatio])).toEqual([
    ["few", "49"],
    ["tiny", "9"],
  ]);
});
