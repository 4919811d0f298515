import { expect, it } from "vitest";
import { medianOf, spreadOf, upperEdge } from "./statistics";

it.each<[string, number[], [number, number, number]]>([
  ["nothing", [], [0, 0, 0]],
  ["one point has no deviation", [4], [1, 4, 0]],
  ["a flat history", [4, 4, 4], [3, 4, 0]],
  ["of the sample, by n − 1", [2, 4, 4, 4, 5, 5, 7, 9], [8, 5, Math.sqrt(32 / 7)]],
])("spread: %s", (_case, values, [points, mean, deviation]) => {
  const spread = spreadOf(values);
  expect([spread.points, spread.mean]).toEqual([points, mean]);
  expect(spread.deviation).toBeCloseTo(deviation, 12);
});

it.each<[string, number[], number]>([
  ["flat: the share of the mean counts", [4, 4, 4], 7],
  ["hardly any scatter: likewise", [4, 4.000001, 3.999999], 7],
  ["more scatter than that", [0, 8], 4 + 3 * Math.sqrt(32)],
  ["zeros: nothing is above nothing but more than nothing", [0, 0], 0],
])("upper edge: %s", (_case, values, edge) => {
  expect(upperEdge(spreadOf(values), 3, 0.25)).toBeCloseTo(edge, 9);
});

it.each<[string, number[], number | null]>([
  ["of nothing", [], null],
  ["of one", [3], 3],
  ["the lower of two", [9, 3], 3],
  ["not moved by one that is far out", [1, 1, 98], 1],
])("median %s", (_case, values, median) => expect(medianOf(values)).toBe(median));
