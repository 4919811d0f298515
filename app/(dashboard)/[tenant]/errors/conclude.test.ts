import { describe, expect, it } from "vitest";
import type { FailureFigures } from "@/server/analytics/errors/errors-schemas";
import { worstCell } from "./conclude";
import { failedCalls, failureCost } from "./failure-figures";

const sums = (calls = 0, costUsd = "0", unpricedCalls = 0) => ({ calls, costUsd, unpricedCalls });
const figures = (over: Partial<FailureFigures>): FailureFigures => ({
  billed: sums(),
  unknown: sums(),
  notBilled: sums(),
  ...over,
});

describe("failureCost", () => {
  it("adds what is billed for sure and perhaps, and nothing of what is not", () => {
    const all = figures({ billed: sums(2, "0.1"), unknown: sums(3, "0.2", 1), notBilled: sums(4, "9") });
    expect(failureCost(all)).toEqual({ calls: 5, unpricedCalls: 1, costUsd: "0.3", isUnknown: false });
    expect(failedCalls(all)).toBe(9);
  });
  it("claims no amount where no call has a price", () =>
    expect(failureCost(figures({ billed: sums(2, "0", 2) })).isUnknown).toBe(true));
  it("knows that nothing failed", () => expect(failureCost(figures({})).isUnknown).toBe(false));
});

describe("worstCell", () => {
  const cell = (errorClass: string, feature: string | null, over: Partial<FailureFigures>) => ({
    errorClass,
    feature,
    failures: figures(over),
  });
  it("is the dearest, not the most", () =>
    expect(
      worstCell(
        [
          cell("rate_limited", "chat", { notBilled: sums(900) }),
          cell("timeout", null, { billed: sums(3, "3"), unknown: sums(1, "1") }),
        ],
        figures({ billed: sums(4, "4"), unknown: sums(1, "1"), notBilled: sums(900) }),
      ),
    ).toEqual({ errorClass: "timeout", feature: null, calls: 4, costUsd: "4", share: 0.8, isByCost: true }));
  it("is the most where none costs anything", () =>
    expect(
      worstCell(
        [cell("a", "x", { notBilled: sums(1) }), cell("b", "y", { notBilled: sums(3) })],
        figures({ notBilled: sums(4) }),
      ),
    ).toMatchObject({ errorClass: "b", share: 0.75, isByCost: false }));
  it.each([
    ["nothing failed", [], figures({})],
    ["no cell stands out", [cell("a", "x", { billed: sums(1, "0.19") })], figures({ billed: sums(5, "1") })],
    ["the class is not known", [{ errorClass: null, feature: "x", failures: figures({ billed: sums(1, "1") }) }], figures({ billed: sums(1, "1") })],
  ])("is none where %s", (_name, cells, all) => expect(worstCell(cells, all)).toBeNull()); // prettier-ignore
});
