import { expect, it } from "vitest";
import { Usd } from "@/server/prices/decimal";
import { runCostBounds } from "./run-sizes";

it("bounds of runs' costs are all amounts of two significant digits, in order", () => {
  const made = Array.from({ length: 15 }, (_, at) =>
    Array.from({ length: 90 }, (_, digits) =>
      new Usd(10)
        .pow(at - 10)
        .times(digits + 10)
        .toFixed(),
    ),
  ).flat();
  expect(runCostBounds).toEqual(made);
  expect(runCostBounds[0]).toBe("0.000000001");
  expect(runCostBounds.at(-1)).toBe("990000");
  expect(runCostBounds.every((bound, at) => at === 0 || new Usd(bound).gt(runCostBounds[at - 1] ?? 0))).toBe(
    true,
  );
});
