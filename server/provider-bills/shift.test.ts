import { describe, expect, it } from "vitest";
import { Usd } from "@/server/prices/decimal";
import { shiftsOf } from "./shift";

const series = (lefts: number[], volumes = lefts.map(() => 1_000), from = 1) =>
  lefts.map((left, at) => ({
    day: `2026-10-${String(from + at).padStart(2, "0")}`,
    left: new Usd(left),
    volume: new Usd(volumes[at] ?? 0),
  }));
const told = (found: Map<string, Usd>) =>
  Object.fromEntries([...found].map(([day, units]) => [day.slice(8), units.toNumber()]));

describe("what was booked over midnight", () => {
  it.each([
    { name: "nothing differs", lefts: [0, 0, 0], expected: {} },
    { name: "two days that cancel out", lefts: [0, 40, -40, 0], expected: { "02": 40, "03": -40 } },
    { name: "the other way round", lefts: [-40, 40], expected: { "01": -40, "02": 40 } },
    { name: "a row of three", lefts: [10, 5, -15], expected: { "01": 10, "02": 5, "03": -15 } },
    { name: "what does not cancel out", lefts: [40, -30], expected: {} },
    {
      name: "a rest within the tolerance stays a rest",
      lefts: [1_000, -998],
      expected: { "01": 1_000, "02": -1_000 },
    },
    { name: "a day between that does not differ", lefts: [40, 0, -40], expected: {} },
    { name: "two shifts", lefts: [40, -40, 7, -7], expected: { "01": 40, "02": -40, "03": 7, "04": -7 } },
    { name: "one side alone", lefts: [40, 40, 40], expected: {} },
  ])("$name", ({ lefts, expected }) => {
    expect(told(shiftsOf(series(lefts)))).toEqual(expected);
  });

  it("is never more than there was", () => {
    expect(told(shiftsOf(series([40, -40], [39, 20])))).toEqual({});
  });

  it("does not jump over days that were not read", () => {
    expect(told(shiftsOf([...series([40]), ...series([-40], [1_000], 3)]))).toEqual({});
  });
});
