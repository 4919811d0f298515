import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Usd } from "@/server/prices/decimal";
import type { LedgerCall } from "./ledger-columns";
import { CallInput } from "./schemas";
import { ledgerRows, splitCost, splitWhole, wholeWeight } from "./shares";

describe("splitWhole", () => {
  it.each([
    { name: "an even split", total: 9n, weights: [1n, 1n, 1n], parts: [3n, 3n, 3n] },
    {
      name: "a remainder goes to the largest fraction",
      total: 10n,
      weights: [1n, 1n, 2n],
      parts: [3n, 2n, 5n],
    },
    { name: "ties go to the first", total: 2n, weights: [1n, 1n, 1n], parts: [1n, 1n, 0n] },
    { name: "nothing", total: 0n, weights: [1n, 5n], parts: [0n, 0n] },
  ])("$name", ({ total, weights, parts }) => {
    expect(splitWhole(total, weights)).toEqual(parts);
  });

  it("always adds up, and no part is off by one", () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 24n }),
        fc.array(fc.bigInt({ min: 1n, max: 10n ** 15n }), { minLength: 1, maxLength: 40 }),
        (total, weights) => {
          const sum = weights.reduce((all, weight) => all + weight, 0n);
          const parts = splitWhole(total, weights);
          expect(parts.reduce((all, part) => all + part, 0n)).toBe(total);
          parts.forEach((part, at) => {
            const exact = total * (weights[at] ?? 0n);
            expect(part * sum - exact < sum && exact - part * sum < sum).toBe(true);
          });
        },
      ),
    );
  });
});

it("splits an amount to the last of 18 decimals", () => {
  expect(splitCost("0.01", [1n, 1n, 1n])).toEqual([
    "0.003333333333333334",
    "0.003333333333333333",
    "0.003333333333333333",
  ]);
});

it("keeps a weight's nine decimals and never lets one vanish", () => {
  expect([wholeWeight(0.25), wholeWeight("3"), wholeWeight(1e-12)]).toEqual([
    250_000_000n,
    3_000_000_000n,
    1n,
  ]);
});

const whole = (shares: unknown): LedgerCall => ({
  input: CallInput.parse({
    id: "batch-1",
    occurredAt: "2026-11-01T00:00:00Z",
    model: "gpt-4o",
    userId: "asker",
    feature: "digest",
    latencyMs: 900,
    usage: { inputTokens: 10, outputTokens: 5, units: { web_searches: 2 } },
    reportedCostUsd: "0.5",
    shares,
  }),
  occurredAt: new Date("2026-11-01T00:00:00Z"),
  units: {
    freshInputTokens: 10, cacheReadTokens: 0, cacheWrite5mTokens: 0, cacheWrite1hTokens: 0, audioInputTokens: 0,
    visibleOutputTokens: 5, reasoningTokens: 0, audioOutputTokens: 0, toolUnits: 0,
  }, // prettier-ignore
  keyId: null,
  provider: "openai",
  price: { costUsd: "0.0001", status: "priced", priceVersionId: null },
});

describe("ledgerRows", () => {
  it("leaves a call that served one as it is", () => {
    const call = whole(undefined);
    expect(ledgerRows(call)).toEqual([call]);
  });

  it("gives each share whom it served, its part, and what it is a part of", () => {
    const rows = ledgerRows(
      whole([
        { userId: "a", weight: 3 },
        { userId: "b", feature: "search" },
      ]),
    );
    expect(rows.map(({ input, units, price, share }) => [
      input.id, input.userId, input.feature, units.freshInputTokens, units.visibleOutputTokens, price.costUsd, share?.weight,
    ])).toEqual([
      ["batch-1#1", "a", "digest", 8, 4, "0.000075", "3"],
      ["batch-1#2", "b", "search", 2, 1, "0.000025", "1"],
    ]); // prettier-ignore
    expect(rows.map(({ input }) => [input.latencyMs, input.usage?.units, input.reportedCostUsd])).toEqual([
      [900, { web_searches: "2" }, "0.375"],
      [undefined, undefined, "0.125"],
    ]);
  });

  it("adds up to the whole, whatever the weights", () => {
    const weight = fc.double({ min: 1e-6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.record({ weight }), { minLength: 2, maxLength: 30 }), (shares) => {
        const call = whole(shares);
        const rows = ledgerRows(call);
        const sum = rows.reduce((total, { price }) => total.plus(price.costUsd ?? "NaN"), new Usd(0));
        expect(sum.toFixed()).toBe(call.price.costUsd);
        expect(rows.reduce((total, { units }) => total + units.freshInputTokens, 0)).toBe(10);
      }),
    );
  });
});
