import { describe, expect, it } from "vitest";
import { rankFeatures } from "./rank";

const feature = (name: string, uses: number, more: object = {}) => ({
  feature: name,
  uses,
  usesBefore: [0, 0, 0],
  hasCost: false,
  ...more,
});
const many = (...uses: number[]) =>
  uses.map((count, at) => feature(`f${String(at).padStart(2, "0")}`, count));
const bottomOf = (features: ReturnType<typeof many>) =>
  rankFeatures(features)
    .filter(({ isBottom }) => isBottom)
    .map(({ feature: name }) => name);

describe("the least used quarter", () => {
  it.each([
    ["no feature", [], []],
    ["one", [5], []],
    ["two", [5, 9], []],
    ["three, however unlike", [1, 1_000, 9_000], []],
    ["four", [9, 7, 3, 8], ["f02"]],
    ["seven have a quarter of one", [1, 2, 3, 4, 5, 6, 7], ["f00"]],
    ["eight have one of two", [1, 2, 3, 4, 5, 6, 7, 8], ["f00", "f01"]],
    ["a tie with the last one in", [1, 2, 2, 4, 5, 6, 7, 8], ["f00", "f01", "f02"]],
    ["a tie before the last one in changes nothing", [1, 1, 3, 4, 5, 6, 7, 8], ["f00", "f01"]],
    ["ties up to a half", [2, 2, 2, 2, 5, 6, 7, 8], ["f00", "f01", "f02", "f03"]],
    ["ties beyond a half: none of them", [2, 2, 2, 2, 2, 6, 7, 8], []],
    ["those below the tied stay", [1, 2, 2, 2, 2, 6, 7, 8], ["f00"]],
    ["all alike", [3, 3, 3, 3], []],
  ])("%s", (_name, uses, bottom) => {
    expect(bottomOf(many(...uses))).toEqual(bottom);
  });

  it("holds what is not used but was, or still costs, even among few", () => {
    const two = [
      feature("gone", 0, { usesBefore: [0, 7, 0] }),
      feature("paid", 0, { hasCost: true }),
      feature("used", 5),
    ];
    expect(bottomOf(two)).toEqual(["gone", "paid"]);
  });

  it("holds what is not used even where that is more than a half", () => {
    const gone = ["a", "b", "c"].map((name) => feature(name, 0, { usesBefore: [1] }));
    expect(bottomOf([...gone, feature("used", 5), feature("other", 6)])).toEqual(["a", "b", "c"]);
  });

  it("passes over what nobody remembers", () => {
    expect(
      rankFeatures([feature("old", 0), ...many(4, 1, 2, 3)]).map(({ feature: name }) => name),
    ).not.toContain("old");
  });

  it("gives features with as many uses one place", () => {
    expect(rankFeatures(many(5, 3, 5, 9)).map(({ feature: name, place }) => [name, place])).toEqual([
      ["f01", 1],
      ["f00", 2],
      ["f02", 2],
      ["f03", 4],
    ]);
  });
});
