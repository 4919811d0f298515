import { describe, expect, it } from "vitest";
import { prepareShareBars, type ShareInput } from "./prepare-share-bars";

const row = (
  costShare: string | null,
  callShare: string | null,
  over: Partial<ShareInput> = {},
): ShareInput => ({
  key: "gpt-4o",
  costUsd: "1",
  calls: 10,
  unpricedCalls: 0,
  costShare,
  callShare,
  ...over,
});

describe("prepareShareBars", () => {
  it("tells both bars against the longest of all", () => {
    const [dear, cheap] = prepareShareBars([row("0.6", "0.1"), row("0.4", "0.9")]);
    expect(dear?.costLength).toBeCloseTo(2 / 3, 9);
    expect(dear?.callLength).toBeCloseTo(1 / 9, 9);
    expect(cheap?.callLength).toBe(1);
  });
  it("says how dear a model is for what it does", () =>
    expect(prepareShareBars([row("0.6", "0.1"), row("0.4", "0.8")]).map(({ weight }) => weight)).toEqual([
      expect.closeTo(6, 9),
      0.5,
    ]));
  it.each([
    ["no whole", row(null, "0.5"), null, 0],
    ["no cost", row("0", "0.5"), 0, 0],
    ["no call with a price", row("0", "0.5", { unpricedCalls: 10 }), null, 0],
    ["no calls", row("0.2", "0"), 0.2, 1],
  ])("compares nothing where there is %s", (_name, input, cost, costLength) => {
    const [only] = prepareShareBars([input]);
    expect(only).toMatchObject({ cost, weight: null });
    if (costLength === 1) expect(only?.costLength).toBe(1);
  });
});
