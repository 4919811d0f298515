import { describe, expect, it } from "vitest";
import { PlanTerms } from "./plan-schemas";

const costPlus = { kind: "cost_plus", label: "Usage", markupPercent: "20" };
const tiers = (upTos: (string | null)[], more: object = {}) => ({
  kind: "tiers", label: "Tokens", measure: "tokens", mode: "graduated", tiers: upTos.map((upTo) => ({ upTo, unitUsd: "1" })), ...more,
}); // prettier-ignore
const issuesOf = (terms: object) => {
  const result = PlanTerms.safeParse({ name: "Plan", components: [costPlus], ...terms });
  return result.success ? [] : result.error.issues.map(({ path }) => path.join("."));
};

describe("the terms of a plan", () => {
  it.each<[string, object, string[]]>([
    ["are sound", {}, []],
    ["have a component", { components: [] }, ["components"]],
    ["have percentages that are numbers", { discountPercent: "" }, ["discountPercent"]],
    ["take no more off than all", { discountPercent: "100.0001" }, ["discountPercent"]],
    ["have no tax without a percentage", { tax: { kind: "rate", name: "VAT", percent: "" } }, ["tax.percent"]],
    ["have no minimum of nothing", { minimumUsd: "0.00" }, ["minimumUsd"]],
    ["have prices of cents and less", { components: [{ kind: "per_call", label: "Call", usdPerCall: "1e-3" }] }, ["components.0.usdPerCall"]],
    ["have fees in cents", { components: [{ kind: "flat", label: "Fee", usd: "1.005" }] }, ["components.0.usd"]],
    ["end with an open tier", { components: [tiers(["10", "20"])] }, ["components.0.tiers.1.upTo"]],
    ["have one open tier", { components: [tiers([null, null])] }, ["components.0.tiers.0.upTo"]],
    ["have tiers that rise, by number and not by text", { components: [tiers(["9", "10", null])] }, []],
    ["have tiers that rise", { components: [tiers(["10", "10", null])] }, ["components.0.tiers.1.upTo"]],
    ["have no tier of a text", { components: [tiers(["ten", null])] }, ["components.0.tiers.0.upTo"]],
    ["have whole tokens", { components: [tiers(["1.5", null])] }, ["components.0.tiers.0.upTo"]],
    ["have dollars and cents of cost", { components: [tiers(["1.5", null], { measure: "cost" })] }, []],
    ["know classes of tokens alone", { components: [tiers([null], { measure: "calls", tokenClasses: ["reasoningTokens"] })] }, ["components.0.tokenClasses"]],
    ["say nothing else", { surcharge: "1" }, [""]],
  ])("%s", (_, terms, issues) => {
    expect(issuesOf(terms)).toEqual(issues);
  });
}); // prettier-ignore
