import { describe, expect, it } from "vitest";
import { aloneAt, gapPath } from "./gap-path";
import { barScale, lineScale, percent } from "./plot-scale";

describe("scales", () => {
  it("put bars into their buckets", () => {
    const scale = barScale(4);
    expect([scale.start(1), scale.middle(1), scale.end(1)]).toEqual([0.25, 0.375, 0.5]);
  });
  it("lead lines from edge to edge", () => {
    const scale = lineScale(5);
    expect([0, 2, 4].map(scale.middle)).toEqual([0, 0.5, 1]);
    expect([scale.start(0), scale.end(0), scale.end(4)]).toEqual([0, 0.125, 1]);
  });
  it("put one alone into the middle", () => expect(lineScale(1).middle(0)).toBe(0.5));
  it("are said in per cent", () => expect(percent(1 / 3)).toBe("33.333%"));
});

describe("gapPath", () => {
  const path = (lengths: (number | null)[]) => gapPath(lengths, (at) => at, 10);
  it.each([
    ["one line", [0, 5, 10], "M0.0000 1.0000L1.0000 0.5000L2.0000 0.0000"],
    [
      "broken where nothing is known",
      [5, 5, null, 5, 5],
      "M0.0000 0.5000L1.0000 0.5000M3.0000 0.5000L4.0000 0.5000",
    ],
    ["a dot between gaps", [null, 5, null], "M1.0000 0.5000h0"],
    ["nothing", [null, null], ""],
  ])("draws %s", (_name, lengths, drawn) => expect(path(lengths)).toBe(drawn));
});

describe("aloneAt", () => {
  it("finds what has no neighbour", () => expect(aloneAt([1, null, 2, 3, null, 4])).toEqual([0, 5]));
});
