import { describe, expect, it } from "vitest";
import { PlanTerms } from "@/server/invoices/plan-schemas";
import { DraftPlan, draftOf, freeKey, newComponent, newPlan, termsOf, withKind } from "./draft-plan";

const filled: DraftPlan = { ...newPlan, name: "Starter" };
const withOne = (part: Partial<DraftPlan["components"][number]>): DraftPlan => ({
  ...filled,
  components: [{ ...newComponent("tiers", "1"), ...part }],
});
const tier = (upTo: string, unitUsd: string, flatUsd = "") => ({ upTo, unitUsd, flatUsd });

describe("what is saved", () => {
  it.each([
    ["a percentage as people write it", { ...filled, components: [{ ...newComponent("cost_plus", "1"), markupPercent: "20 %" }] }, { markupPercent: "20" }],
    ["no markup as nothing", { ...filled, components: [newComponent("cost_plus", "1")] }, { markupPercent: "0" }],
    ["an amount as people write it", withOne({ kind: "flat", usd: "$1,200.50" }), { usd: "1200.50" }],
    ["names, one a line and each once", withOne({ kind: "per_call", usdPerCall: "0.01", models: "gpt-4o\n\n gpt-4o \nclaude" }), { models: ["gpt-4o", "claude"], included: "0" }],
    ["the last tier as open", withOne({ tiers: [tier("1,000,000", "2"), tier("", "1")] }), { tiers: [{ upTo: "1000000", unitUsd: "2", flatUsd: "0" }, { upTo: null, unitUsd: "1", flatUsd: "0" }] }],
    ["no class of tokens where calls are counted", withOne({ measure: "calls", tokenClasses: ["reasoningTokens"], tiers: [tier("", "1")] }), { tokenClasses: [] }],
  ])("%s", (_, draft, part) => {
    const { terms, errors } = termsOf(draft);
    expect([...errors]).toEqual([]);
    expect(terms?.components[0]).toMatchObject(part);
  }); // prettier-ignore

  it.each([
    ["no name", { ...filled, name: " " }, "name"],
    ["no component", { ...filled, components: [] }, "components"],
    ["a price that is no number", withOne({ kind: "per_call", usdPerCall: "cheap" }), "components.0.usdPerCall"],
    ["an empty price", withOne({ kind: "per_token" }), "components.0.usdPerMillion"],
    ["an open tier that is not the last", withOne({ tiers: [tier("", "2"), tier("", "1")] }), "components.0.tiers.0.upTo"],
    ["tiers that do not rise", withOne({ tiers: [tier("10", "2"), tier("9", "2"), tier("", "1")] }), "components.0.tiers.1.upTo"],
    ["an end of the last tier", withOne({ tiers: [tier("10", "2"), tier("20", "2")] }), "components.0.tiers.1.upTo"],
    ["an end of a tier that is no number", withOne({ tiers: [tier("many", "2"), tier("", "1")] }), "components.0.tiers.0.upTo"],
    ["a discount that is no number", { ...filled, discountPercent: "some" }, "discountPercent"],
    ["a discount beyond all", { ...filled, discountPercent: "101" }, "discountPercent"],
    ["a minimum of nothing", { ...filled, minimumUsd: "0" }, "minimumUsd"],
    ["a tax without a percentage", { ...filled, taxKind: "rate" as const }, "tax.percent"],
  ])("is not %s, which is said beside its field", (_, draft, field) => {
    const { terms, errors } = termsOf(draft);
    expect(terms).toBeNull();
    expect([...errors.keys()]).toContain(field);
    expect(errors.get(field)).toMatch(/^[A-Z].*\.$/);
  }); // prettier-ignore
});

const full = PlanTerms.parse({
  name: "Full",
  components: [
    { kind: "cost_plus", label: "Usage", markupPercent: "12.5", models: ["gpt-4o"], features: ["chat", "search"] },
    { kind: "per_token", label: "Tokens", usdPerMillion: "2.5", tokenClasses: ["freshInputTokens", "reasoningTokens"], included: "1000" },
    { kind: "per_call", label: "Calls", usdPerCall: "0.002" },
    { kind: "tiers", label: "Tiers", measure: "cost", mode: "volume", included: "5", tiers: [{ upTo: "100.5", unitUsd: "1.2", flatUsd: "10" }, { upTo: null, unitUsd: "1.1" }] },
    { kind: "flat", label: "Fee", usd: "49" },
    { kind: "included", label: "Credit", usd: "20" },
  ],
  minimumUsd: "25",
  discountPercent: "5",
  tax: { kind: "rate", name: "VAT", percent: "19" },
}); // prettier-ignore

it.each([
  ["everything", full],
  ["the note of a reverse charge", { ...full, minimumUsd: null, tax: { kind: "reverse_charge", note: "See § 13b." } }],
] as const)("terms become a draft and the same terms again: %s", (_, terms) => {
  const draft = draftOf(terms, 3);
  expect(DraftPlan.parse(JSON.parse(JSON.stringify(draft)))).toMatchObject({ baseVersion: 3 });
  expect(termsOf(draft).terms).toEqual(terms);
}); // prettier-ignore

it("another kind brings its usual label, and leaves a written one", () => {
  expect(withKind(newComponent("flat", "1"), "per_call").label).toBe("Calls");
  expect(withKind({ ...newComponent("flat", "1"), label: "Platform" }, "per_call").label).toBe("Platform");
});

it("a new component has a key of its own", () => {
  expect(freeKey([])).toBe("1");
  expect(freeKey([newComponent("flat", "7"), newComponent("flat", "2")])).toBe("8");
});
