import { describe, expect, it } from "vitest";
import { Usd } from "@/server/prices/decimal";
import { costBounds, fillBuckets } from "./cost-histogram";

describe("the bounds of a histogram of costs", () => {
  it("are 1-2-5 × 10^k, ascending, from 10^-9 to 5 × 10^8", () => {
    const made = Array.from({ length: 18 }, (_, at) =>
      [1, 2, 5].map((digit) =>
        new Usd(10)
          .pow(at - 9)
          .times(digit)
          .toFixed(),
      ),
    ).flat();
    expect(costBounds).toEqual(made);
    expect(costBounds).toContain("0.05");
    expect(costBounds.every((bound, at) => at === 0 || new Usd(bound).gt(costBounds[at - 1] ?? 0))).toBe(
      true,
    );
  });
});

describe("buckets", () => {
  const at = (bound: string) => costBounds.indexOf(bound) + 1;

  it.each([
    ["none", [], []],
    ["one", [{ at: at("0.01"), count: 2, costUsd: "0.025" }], [{ fromUsd: "0.01", toUsd: "0.02", count: 2, costUsd: "0.025" }]],
    ["empty ones between", [{ at: at("5"), count: 1, costUsd: "7" }, { at: at("1"), count: 3, costUsd: "4" }], [
      { fromUsd: "1", toUsd: "2", count: 3, costUsd: "4" },
      { fromUsd: "2", toUsd: "5", count: 0, costUsd: "0" },
      { fromUsd: "5", toUsd: "10", count: 1, costUsd: "7" },
    ]],
    ["below the first bound", [{ at: 0, count: 1, costUsd: "0.0000000001" }], [{ fromUsd: "0", toUsd: "0.000000001", count: 1, costUsd: "0.0000000001" }]],
    ["above the last bound", [{ at: costBounds.length, count: 1, costUsd: "700000000" }], [{ fromUsd: "500000000", toUsd: null, count: 1, costUsd: "700000000" }]],
  ] as const)("%s", (_, found, buckets) => {
    expect(fillBuckets(found)).toEqual(buckets);
  }); // prettier-ignore
});
