import { describe, expect, it } from "vitest";
import { computeInvoice, type InvoiceFacts } from "./compute";
import { PlanTerms } from "./plan-schemas";
import type { UsageRow } from "./usage";

const row = (more: Partial<UsageRow> = {}): UsageRow => ({
  kind: "usage", ofMonth: "2026-10", feature: "chat", model: "m1", calls: "10", freshInputTokens: "1000000", cacheReadTokens: "500000",
  cacheWrite5mTokens: "0", cacheWrite1hTokens: "0", audioInputTokens: "0", visibleOutputTokens: "200000", reasoningTokens: "50000",
  audioOutputTokens: "0", costUsd: "3.333333333333333333", unpricedCalls: "0", ...more,
}); // prettier-ignore
const facts = (terms: object, more: Partial<InvoiceFacts> = {}): InvoiceFacts => ({
  month: "2026-10", terms: PlanTerms.parse({ name: "Plan", ...terms }), tax: null, usage: [row()], corrected: [], manual: [], ...more,
}); // prettier-ignore
const linesOf = (terms: object, more: Partial<InvoiceFacts> = {}) =>
  computeInvoice(facts(terms, more)).lines.map(({ kind, description, amountUsd }) => [
    kind,
    description,
    amountUsd,
  ]);
const tiers = (mode: string, more: object = {}) => ({
  kind: "tiers", label: "Calls", measure: "calls", mode,
  tiers: [{ upTo: "4", unitUsd: "1" }, { upTo: "8", unitUsd: "0.5", flatUsd: "3.00" }, { upTo: null, unitUsd: "0.1" }], ...more,
}); // prettier-ignore
const cost = { kind: "cost_plus", label: "Usage", markupPercent: "20" };

describe("lines of a plan", () => {
  it.each<[string, object[], string[][]]>([
    ["the cost and a markup", [cost], [["usage", "Usage", "4.00"]]],
    ["tokens of all classes", [{ kind: "per_token", label: "Tokens", usdPerMillion: "2" }], [["usage", "Tokens", "3.50"]]],
    ["tokens of a class", [{ kind: "per_token", label: "Output", usdPerMillion: "10", tokenClasses: ["visibleOutputTokens", "reasoningTokens"] }], [["usage", "Output", "2.50"]]],
    ["tokens beyond those included", [{ kind: "per_token", label: "Tokens", usdPerMillion: "2", included: "1000000" }], [["usage", "Tokens: included", "0.00"], ["usage", "Tokens", "1.50"]]],
    ["tokens that are all included", [{ kind: "per_token", label: "Tokens", usdPerMillion: "2", included: "1750000" }], [["usage", "Tokens: included", "0.00"]]],
    ["calls of another model", [{ kind: "per_call", label: "Calls", usdPerCall: "1", models: ["m2"] }], []],
    ["calls, rounded half away from zero", [{ kind: "per_call", label: "Calls", usdPerCall: "0.0005" }], [["usage", "Calls", "0.01"]]],
    ["graduated tiers", [tiers("graduated")], [["usage", "Calls: up to 4", "4.00"], ["usage", "Calls: above 4 up to 8", "2.00"], ["usage", "Calls: above 4 up to 8, fee", "3.00"], ["usage", "Calls: above 8", "0.20"]]],
    ["tiers by volume", [tiers("volume")], [["usage", "Calls: above 8", "1.00"]]],
    ["a tier up to its last unit", [tiers("volume", { included: "2" })], [["usage", "Calls: included", "0.00"], ["usage", "Calls: above 4 up to 8", "4.00"], ["usage", "Calls: above 4 up to 8, fee", "3.00"]]],
    ["an amount that is free, before what it takes from", [{ kind: "included", label: "Free", usd: "1.50" }, { kind: "flat", label: "Seat", usd: "9.00" }, cost], [["included", "Free", "-1.50"], ["flat", "Seat", "9.00"], ["usage", "Usage", "4.00"]]],
    ["no more free than was used", [cost, { kind: "included", label: "Free", usd: "5.00" }, { kind: "flat", label: "Seat", usd: "9.00" }], [["usage", "Usage", "4.00"], ["included", "Free", "-4.00"], ["flat", "Seat", "9.00"]]],
  ])("%s", (_, components, lines) => {
    expect(linesOf({ components })).toEqual(lines);
  }); // prettier-ignore

  it("end with minimum, discount, lines by hand and tax, in this order", () => {
    const terms = { components: [cost], minimumUsd: "10.00", discountPercent: "12.5", tax: { kind: "rate", name: "VAT", percent: "19" } };
    const manual = [{ manualId: "x", description: "Credit", amountUsd: "-1.00" }];
    expect(linesOf(terms, { manual })).toEqual([["usage", "Usage", "4.00"], ["minimum", "Up to the monthly minimum of USD 10.00", "6.00"], ["discount", "Discount of 12.5 %", "-1.25"], ["manual", "Credit", "-1.00"], ["tax", "VAT 19 %", "1.47"]]);
    expect(computeInvoice(facts(terms, { manual }))).toMatchObject({ netUsd: "7.75", taxUsd: "1.47", totalUsd: "9.22" });
    expect(linesOf(terms, { tax: { kind: "reverse_charge", note: "Reverse charge" } }).at(-1)).toEqual(["tax", "Reverse charge", "0.00"]);
    expect(linesOf(terms, { tax: { kind: "none" } }).at(-1)?.[0]).toBe("discount");
  }); // prettier-ignore

  it("say what no component charges for", () => {
    const usage = [row(), row({ model: "m2", calls: "3", costUsd: "1", unpricedCalls: "2" })];
    const answer = computeInvoice(facts({ components: [{ kind: "per_call", label: "Calls", usdPerCall: "1", models: ["m1"] }] }, { usage })); // prettier-ignore
    expect(answer).toMatchObject({ calls: "13", unpricedCalls: "2", uncharged: { calls: "3", costUsd: "1.000000000000000000" } }); // prettier-ignore
  });
});

describe("corrections of an earlier month", () => {
  const before = [row({ ofMonth: "2026-09", calls: "3" })];
  const late = row({ kind: "late", ofMonth: "2026-09", calls: "2", costUsd: "1" });
  const price = row({ kind: "price", ofMonth: "2026-09", calls: "7", costUsd: "-0.5" });
  const corrected = (components: object[]) => [
    { month: "2026-09", before, terms: PlanTerms.parse({ name: "Then", components }) },
  ];
  const of = (components: object[], usage: UsageRow[]) =>
    linesOf(
      { components: [{ kind: "flat", label: "Seat", usd: "1.00" }] },
      { usage, corrected: corrected(components) },
    ).slice(1);

  it("are priced as that month was, late calls apart from other prices", () => {
    expect(of([cost, { kind: "per_call", label: "Calls", usdPerCall: "1" }, { kind: "flat", label: "Seat", usd: "5.00" }], [late, price])).toEqual([
      ["late", "Usage: late usage of September 2026", "1.20"],
      ["price", "Usage: price correction of September 2026", "-0.60"],
      ["late", "Calls: late usage of September 2026", "2.00"],
    ]); // prettier-ignore
  });

  it("go on in the tier where that month ended", () => {
    // The fourth call costs 1.00; the fifth is the first of its tier: 0.50 and 3.00.
    expect(of([tiers("graduated")], [late])).toEqual([["late", "Calls: late usage of September 2026", "4.50"]]);
    expect(of([tiers("graduated", { included: "4" })], [late])).toEqual([["late", "Calls: late usage of September 2026", "1.00"]]);
  }); // prettier-ignore

  it("give back what went to another account", () => {
    const gone = row({ kind: "late", ofMonth: "2026-09", calls: "-3", costUsd: "-2" });
    expect(of([{ kind: "per_call", label: "Calls", usdPerCall: "1" }], [gone])).toEqual([["late", "Calls: late usage of September 2026", "-3.00"]]); // prettier-ignore
  });
});
