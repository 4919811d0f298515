import { describe, expect, it } from "vitest";
import { placeLabels } from "./place-labels";
import { prepareScatter, type ScatterInput } from "./prepare-scatter";

const row = (key: string | null, x: string | null, y: string | null, size = "1"): ScatterInput => ({
  key,
  x,
  y,
  size,
  calls: 10,
});
const question = (rows: ScatterInput[]) => ({
  rows,
  x: { kind: "ms", label: "Latency" } as const,
  y: { kind: "unitUsd", label: "Cost per call" } as const,
  size: { kind: "usd", label: "Cost" } as const,
  without: "Unattributed",
});

describe("prepareScatter", () => {
  it("puts figures on logarithmic axes, the largest bubble below the others", () => {
    const scatter = prepareScatter(question([row("a", "100", "0.01", "1"), row("b", "10000", "0.1", "16")]));
    expect(scatter?.points.map(({ name, left, bottom, radius }) => [name, left, bottom, radius])).toEqual([
      ["b", 1, 1, 28],
      ["a", 0, 0, 7],
    ]);
    expect(scatter?.x.ticks).toEqual([100, 200, 500, 1000, 2000, 5000, 10000]);
  });
  it("names what it cannot draw", () => {
    const rows = [
      row("a", null, "0.01"),
      row("b", "100", null),
      row("free", "100", "0"),
      row(null, "200", "0.02"),
    ];
    const scatter = prepareScatter(question(rows));
    expect(scatter?.leftOut.map(({ key }) => key)).toEqual(["a", "b", "free"]);
    expect(scatter?.points.map(({ name }) => name)).toEqual(["Unattributed"]);
  });
  it("is nothing where nothing has both figures", () =>
    expect(prepareScatter(question([row("a", null, "1"), row("b", "3", "0")]))).toBeNull());
  it("keeps bubbles of no cost in sight", () =>
    expect(prepareScatter(question([row("a", "3", "1", "0")]))?.points[0]?.radius).toBe(4));
});

describe("placeLabels", () => {
  const bubble = (name: string, left: number, bottom: number) => ({ name, left, bottom, radius: 4 });
  it("names bubbles that lie apart", () =>
    expect([...placeLabels([bubble("a", 0.1, 0.1), bubble("b", 0.9, 0.9)], "narrow")]).toEqual([0, 1]));
  it("does not write over the middle of another bubble", () =>
    expect([...placeLabels([bubble("search", 0.3, 0.5), bubble("summary", 0.31, 0.51)], "wide")]).toEqual([
      1,
    ]));
  it("leaves a name out that another would cross", () =>
    expect([...placeLabels([bubble("search", 0.3, 0.5), bubble("chat", 0.28, 0.52)], "wide")]).toEqual([0]));
  it("does not write beyond the plot", () =>
    expect([
      ...placeLabels([bubble("a-name-that-is-much-too-long-for-this-plot-to-hold", 0.5, 0.5)], "narrow"),
    ]).toEqual([]));
  it("has room for more at a desk", () => {
    const two = [bubble("search", 0.3, 0.5), bubble("summary", 0.45, 0.5)];
    expect([placeLabels(two, "narrow").size, placeLabels(two, "wide").size]).toEqual([1, 2]);
  });
});
