import { describe, expect, it } from "vitest";
import { mergeStretches, newestOf } from "./stretches";

const at = (hour: number) => new Date(Date.UTC(2026, 0, 1, hour));
const told = (list: readonly { from: Date; to: Date }[]) =>
  list.map(({ from, to }) => [from, to].map((date) => (date.getTime() - at(0).getTime()) / 3_600_000));
const made = (list: readonly (readonly [number, number])[]) =>
  list.map(([from, to]) => ({ from: at(from), to: at(to) }));

describe("stretches that are merged", () => {
  it.each([
    ["none", [], []],
    ["apart", [[5, 6], [1, 2]], [[1, 2], [5, 6]]],
    ["touching: the instant belongs to both", [[1, 2], [2, 3]], [[1, 3]]],
    ["overlapping", [[1, 4], [2, 6]], [[1, 6]]],
    ["one within the other", [[1, 9], [2, 3], [8, 10]], [[1, 10]]],
    ["the same twice", [[1, 2], [1, 2]], [[1, 2]]],
  ] as const)("%s", (_, before, after) => {
    const stretches = made(before);
    expect(told(mergeStretches(stretches))).toEqual(after);
    // What was handed in stays as it was.
    expect(stretches).toEqual(made(before));
  }); // prettier-ignore
});

describe("the newest part of stretches", () => {
  const hours = (count: number) => count * 3_600_000;
  it.each([
    ["none", [], 4, [], true],
    ["all of it", [[1, 2], [4, 5]], 4, [[1, 2], [4, 5]], true],
    ["cut within a stretch", [[1, 4], [6, 7]], 4, [[3, 4], [6, 7]], false],
    ["whole stretches left out", [[1, 2], [6, 7]], 4, [[6, 7]], false],
  ] as const)("%s", (_, before, longest, after, isWhole) => {
    const newest = newestOf(made(before), hours(longest));
    expect(told(newest.stretches)).toEqual(after);
    expect(newest.isWhole).toBe(isWhole);
  }); // prettier-ignore
});
