import { describe, expect, it } from "vitest";
import type { SpendFigures } from "@/server/analytics/schemas";
import { costOf, costPer1kTokensOf, costPerCallOf, meanLatencyOf } from "./measures";

const figures = (over: Partial<SpendFigures>) =>
  ({
    costUsd: "0.3",
    calls: 4,
    unpricedCalls: 1,
    inputTokens: 1_400,
    outputTokens: 700,
    unpricedTokens: 100,
    latencyMs: 700,
    latencyCalls: 2,
    ...over,
  }) as SpendFigures;

describe("ratios of a group", () => {
  it("leave calls without a price out of both sides", () => {
    expect(costPerCallOf(figures({}))).toBe("0.1");
    expect(costPer1kTokensOf(figures({}))).toBe("0.15");
  });
  it("tell the mean of the calls that told their latency", () =>
    expect(meanLatencyOf(figures({}))).toBe("350"));
  it.each([
    ["no call with a price", costPerCallOf, { calls: 1, unpricedCalls: 1 }],
    ["no tokens with a price", costPer1kTokensOf, { inputTokens: 100, outputTokens: 0, unpricedTokens: 100 }],
    ["no latency", meanLatencyOf, { latencyMs: 0, latencyCalls: 0 }],
  ])("are not told where there is %s", (_name, of, over) => expect(of(figures(over))).toBeNull());
});

it("adds amounts without a float", () =>
  expect(costOf([figures({ costUsd: "0.1" }), figures({ costUsd: "0.2" })])).toBe("0.3"));
