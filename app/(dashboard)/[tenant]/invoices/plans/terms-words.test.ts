import { expect, it } from "vitest";
import type { Component } from "@/server/invoices/plan-schemas";
import { componentWords, termsInShort } from "./terms-words";

const all = { models: [], features: [] };
const tiers = { kind: "tiers" as const, label: "x", tokenClasses: [], included: "0", ...all };

const cases: [string, Component][] = [
  ["cost plus 20%", { kind: "cost_plus", label: "x", markupPercent: "20", ...all }],
  ["cost, without a markup, of gpt-4o and o3 of the feature chat", { kind: "cost_plus", label: "x", markupPercent: "0", models: ["gpt-4o", "o3"], features: ["chat"] }],
  ["$2.50 a million input and reasoning tokens; the first 1,000,000 tokens of a month are free", { kind: "per_token", label: "x", usdPerMillion: "2.5", tokenClasses: ["freshInputTokens", "reasoningTokens"], included: "1000000", ...all }],
  ["$0.002 a call", { kind: "per_call", label: "x", usdPerCall: "0.0020", included: "0", ...all }],
  [
    "up to 1,000 calls $0.01 a call and $5.00 once; beyond that $0.005 a call: each unit by its own tier",
    { ...tiers, measure: "calls", mode: "graduated", tiers: [{ upTo: "1000", unitUsd: "0.01", flatUsd: "5" }, { upTo: null, unitUsd: "0.005", flatUsd: "0" }] },
  ],
  ["$1.10 a USD of cost: all units by the tier that the last one is in", { ...tiers, measure: "cost", mode: "volume", tiers: [{ upTo: null, unitUsd: "1.1", flatUsd: "0" }] }],
  ["$49.00 a month", { kind: "flat", label: "x", usd: "49" }],
  ["usage of $20.00 a month is free", { kind: "included", label: "x", usd: "20" }],
]; // prettier-ignore

it.each(cases)("%s", (words, component) => expect(componentWords(component)).toBe(words));

it("a plan in short is a sentence that tells it from others", () => {
  const terms = { name: "x", components: [{ kind: "cost_plus" as const, label: "x", markupPercent: "12.50", ...all }], minimumUsd: "25", discountPercent: "5", tax: { kind: "rate" as const, name: "VAT", percent: "19" } }; // prettier-ignore
  expect(termsInShort(terms)).toBe("Cost plus 12.5%; at least $25.00 a month; a discount of 5%; VAT 19%");
});
