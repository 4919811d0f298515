import { describe, expect, it } from "vitest";
import { prepareConcentration } from "./prepare-concentration";

const even = (count: number) => Array.from({ length: count }, (_, n) => (n + 1) / count);

describe("prepareConcentration", () => {
  it.each([
    ["the rows that make up 80 %", [0.5, 0.7, 0.82, 0.9], 312, { rows: 3, share: 0.82 }],
    ["one row alone", [0.95, 0.97], 40, { rows: 1, share: 0.95 }],
    ["exactly 80 %", [0.4, 0.8, 0.9], 3, { rows: 2, share: 0.8 }],
    ["ten at most", even(20), 20, { rows: 10, share: 0.5 }],
    ["a page that ends before", [0.3, 0.4], 90, { rows: 2, share: 0.4 }],
    ["nothing where every row is needed", [0.3, 0.7, 1], 3, null],
    ["nothing of a single row", [1], 1, null],
    ["nothing without cost", [null, null], 2, null],
    ["nothing of nothing", [], 0, null],
  ])("tells %s", (_name, cumulative, groups, expected) =>
    expect(prepareConcentration(cumulative, groups)).toEqual(expected),
  );
});
