import { describe, expect, it } from "vitest";
import type { SpendFigures } from "@/server/analytics/schemas";
import { unpricedModels } from "./unpriced";

const row = (key: string | null, calls: number, unpricedCalls: number) => ({
  key,
  current: { calls, unpricedCalls, unpricedTokens: unpricedCalls * 10 } as SpendFigures,
});

describe("unpricedModels", () => {
  it("names models with unpriced calls, and nothing else", () =>
    expect(unpricedModels([row("router", 9, 9), row("gpt-4o", 5, 0), row(null, 3, 3)], [])).toEqual([
      { model: "router", calls: 9, unpricedCalls: 9, tokens: 90, providers: [] },
    ]));
  it("says of each provider whether there is a price by now", () => {
    const recent = [
      { provider: "a", model: "router", price: null },
      { provider: "b", model: "router", price: {} },
      { provider: "a", model: "other", price: null },
    ];
    expect(unpricedModels([row("router", 9, 4)], recent)[0]?.providers).toEqual([
      { provider: "a", hasPrice: false },
      { provider: "b", hasPrice: true },
    ]);
  });
});
