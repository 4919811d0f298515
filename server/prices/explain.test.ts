import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Bucket, buckets } from "./buckets";
import { ratesOf } from "./bucket-rates";
import { Usd } from "./decimal";
import { explainCall, type StoredCall } from "./explain";
import { type CallToPrice, priceCall } from "./price-call";

const rates = ratesOf({
  id: "v1",
  rates: [
    { service: "standard", unit: "fresh_input", tierStart: 0, usd: "0.3", per: 1_000_000 },
    { service: "standard", unit: "fresh_input", tierStart: 200_001, usd: "0.6", per: 1_000_000 },
    { service: "standard", unit: "visible_output", tierStart: 0, usd: "2.5", per: 1_000_000 },
    { service: "standard", unit: "request", tierStart: 0, usd: "5", per: 1_000 },
  ],
});
const none = Object.fromEntries(buckets.map((bucket) => [bucket, 0])) as Record<Bucket, number>;
const unbilled: CallToPrice = {
  units: none,
  billed: "no",
  cache: "none",
  batch: false,
  serviceTier: null,
  otherUnits: {},
  reportedCostUsd: null,
};

/** As the ledger gives it back: numeric(38,18) with all its zeros. */
function stored(call: CallToPrice): StoredCall {
  const { costUsd, status } = priceCall(call, rates);
  return { ...call, costUsd: costUsd === null ? null : new Usd(costUsd).toFixed(18), priceStatus: status };
}

describe("explainCall", () => {
  it("writes the formula out", () => {
    const units = { ...none, freshInputTokens: 1_200, visibleOutputTokens: 30 };
    const { lines, notes, agrees } = explainCall(
      stored({ ...unbilled, units, billed: "yes", batch: true }),
      rates,
    );
    expect(lines.map(({ label, formula }) => `${label}: ${formula}`)).toEqual([
      "Fresh input tokens: 1,200 × $0.3 / 1,000,000 × 0.5 = $0.00018",
      "Output tokens: 30 × $2.5 / 1,000,000 × 0.5 = $0.0000375",
      "Request fee: 1 × $5 / 1,000 = $0.005",
    ]);
    expect(notes).toEqual([
      "Fresh input tokens are estimated: at half price, as batches usually are.",
      "Output tokens are estimated: at half price, as batches usually are.",
    ]);
    expect(agrees).toBe(true);
  });

  it("says what is not in the amount", () => {
    const units = { ...none, freshInputTokens: 1, audioInputTokens: 5 };
    expect(explainCall(stored({ ...unbilled, units, billed: "yes" }), rates).notes).toEqual([
      "Audio input tokens have no rate in the price book and are not in the amount.",
    ]);
  });

  it("explains an amount of zero, an unknown one and a reported one", () => {
    expect(explainCall(stored(unbilled), rates).notes).toEqual(["The provider does not bill this attempt."]);
    const unpriced: StoredCall = { ...unbilled, billed: "yes", costUsd: null, priceStatus: "unpriced" };
    expect(explainCall(unpriced, null)).toMatchObject({ lines: [], agrees: true });
    const reported: StoredCall = {
      ...unpriced,
      reportedCostUsd: "0.1",
      costUsd: "0.100",
      priceStatus: "reported",
    };
    expect(explainCall(reported, null)).toMatchObject({ lines: [], agrees: true });
  });

  it("does not agree with an amount that is off by the last digit", () => {
    const call = stored({ ...unbilled, units: { ...none, freshInputTokens: 1 }, billed: "yes" });
    const off = new Usd(call.costUsd ?? "0").plus("0.000000000000000001").toFixed(18);
    expect(explainCall({ ...call, costUsd: off }, rates).agrees).toBe(false);
  });

  it("adds up to the stored cost, whatever the call", () => {
    const anyUnits = fc.record(
      Object.fromEntries(buckets.map((bucket) => [bucket, fc.nat(300_000)])) as Record<
        Bucket,
        fc.Arbitrary<number>
      >,
    );
    fc.assert(
      fc.property(anyUnits, fc.boolean(), (units, batch) => {
        const call = stored({ ...unbilled, units, billed: "yes", batch });
        const { lines, agrees } = explainCall(call, rates);
        expect(agrees).toBe(true);
        const sum = lines.reduce((total, line) => total.plus(line.costUsd), new Usd(0));
        expect(sum.eq(call.costUsd ?? "-1")).toBe(true);
      }),
    );
  });
});
