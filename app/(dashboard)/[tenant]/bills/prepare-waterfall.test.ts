import { describe, expect, it } from "vitest";
import { type Cause, causes } from "@/server/provider-bills/schemas";
import { prepareWaterfall } from "./prepare-waterfall";

const none = Object.fromEntries(causes.map((cause) => [cause, "0"])) as Record<Cause, string>;

describe("prepareWaterfall", () => {
  it("goes from the ledger to the bill, the largest cause first", () => {
    const { steps, startUsd } = prepareWaterfall({
      ledgerUsd: "100",
      billUsd: "107",
      byCause: { ...none, price: "2", coverage: "8", tax_or_credit: "-3" },
    });
    expect(steps.map(({ key }) => key)).toEqual(["ledger", "coverage", "tax_or_credit", "price", "bill"]);
    expect(startUsd).toBe("100");
    // Each begins where the one before it ended, and the last ends at the bill.
    steps.slice(1).forEach(({ from }, n) => expect(from).toBeCloseTo(steps[n]?.to ?? NaN, 12));
    expect(steps[0]?.to).toBeCloseTo(0.06, 12);
    expect(steps[1]?.to).toBeCloseTo(0.94, 12);
  });

  it("stays within the scale whichever way it goes", () => {
    const { steps, startUsd } = prepareWaterfall({ ledgerUsd: "50", billUsd: "40", byCause: { ...none, tier_or_discount: "-12", coverage: "2" } }); // prettier-ignore
    expect(startUsd).toBe("38");
    for (const { from, to } of steps)
      for (const end of [from, to]) {
        expect(end).toBeGreaterThanOrEqual(0);
        expect(end).toBeLessThanOrEqual(1);
      }
  });

  it("has two ends at one place where bill and ledger agree", () => {
    const { steps } = prepareWaterfall({ ledgerUsd: "5", billUsd: "5", byCause: none });
    expect(steps).toEqual([
      { key: "ledger", usd: "5", from: 0.5, to: 0.5 },
      { key: "bill", usd: "5", from: 0.5, to: 0.5 },
    ]);
  });
});
