import { describe, expect, it } from "vitest";
import { axisTop, countAxisTop } from "./axis";

describe("axisTop", () => {
  it.each([
    [0, 1],
    [0.0031, 0.0032],
    [4, 4],
    [4.01, 6],
    [247, 300],
    [399, 400],
    [401, 600],
    [0.3, 0.3],
  ])("%d", (value, rounded) => expect(axisTop(value)).toBeCloseTo(rounded, 12));
});

describe("countAxisTop", () => {
  it.each([
    [0, 4],
    [3, 4],
    [5, 8],
    [118, 120],
    [399, 400],
  ])("%d", (value, rounded) => expect(countAxisTop(value)).toBe(rounded));
});
