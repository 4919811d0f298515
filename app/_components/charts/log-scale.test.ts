import { describe, expect, it } from "vitest";
import { logScale } from "./log-scale";

describe("logScale", () => {
  it.each([
    ["within a power", [1.3, 4.2], 1, 5, [1, 2, 5]],
    ["round ends", [0.001, 0.1], 0.001, 0.1, [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1]],
    ["many powers", [0.0001, 900], 0.0001, 1000, [0.0001, 0.01, 1, 100]],
    ["one value", [0.3], 0.2, 0.5, [0.2, 0.5]],
    ["one round value", [10], 10, 20, [10, 20]],
    ["without what is not above zero", [0, -1, 30, 70], 20, 100, [20, 50, 100]],
  ])("%s", (_name, values, from, to, ticks) => {
    const scale = logScale(values);
    expect(scale).toMatchObject({ from, to, ticks });
    expect([scale?.at(from), scale?.at(to)]).toEqual([0, 1]);
  });
  it("puts equal ratios at equal distances", () => {
    const scale = logScale([1, 100]);
    expect(scale?.at(10)).toBeCloseTo(0.5, 12);
  });
  it("keeps what lies outside at its ends", () => {
    const scale = logScale([1, 100]);
    expect([scale?.at(0.1), scale?.at(1000)]).toEqual([0, 1]);
  });
  it("is none where there is nothing above zero", () => expect(logScale([0])).toBeNull());
});
