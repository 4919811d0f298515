import { formatDecimal, formatTotal, formatUnitCost } from "@/app/_format/money";
import type { Component, PlanTerms, Tax, Tier, TierMeasure } from "@/server/invoices/plan-schemas";
import type { TokenBucket } from "@/server/prices/buckets";
import type { ComponentKind } from "./draft-plan";

export const kindWords = {
  cost_plus: "Cost plus a markup",
  per_token: "A price per token",
  per_call: "A price per call",
  tiers: "Tiers",
  flat: "A fee each month",
  included: "Usage that is free each month",
} as const satisfies Record<ComponentKind, string>;

export const classWords = {
  freshInputTokens: "input",
  cacheReadTokens: "cached input",
  cacheWrite5mTokens: "cache writes (5 min)",
  cacheWrite1hTokens: "cache writes (1 h)",
  audioInputTokens: "audio input",
  visibleOutputTokens: "output",
  reasoningTokens: "reasoning",
  audioOutputTokens: "audio output",
} as const satisfies Record<TokenBucket, string>;

export const measureWords = {
  tokens: { each: "a million tokens", upTo: "tokens" },
  calls: { each: "a call", upTo: "calls" },
  cost: { each: "a USD of cost", upTo: "USD of cost" },
} as const satisfies Record<TierMeasure, { each: string; upTo: string }>;

const listed = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** ", of gpt-4o and of the feature chat"; empty where it is all usage. */
function filterWords({ models, features }: { models: readonly string[]; features: readonly string[] }) {
  const parts = [
    ...(models.length > 0 ? [`of ${listed.format(models)}`] : []),
    ...(features.length > 0 ? [`of the ${features.length === 1 ? "feature" : "features"} ${listed.format(features)}`] : []),
  ];
  return parts.length === 0 ? "" : `, ${parts.join(" ")}`;
} // prettier-ignore

const tokensOf = (classes: readonly TokenBucket[]) =>
  classes.length === 0 ? "tokens" : `${listed.format(classes.map((one) => classWords[one]))} tokens`;

const freeWords = (included: string, unit: string) =>
  /[1-9]/.test(included) ? `; the first ${formatDecimal(included)} ${unit} of a month are free` : "";

const percent = (decimal: string) => `${formatDecimal(decimal)}%`;

function tierWords({ upTo, unitUsd, flatUsd }: Tier, measure: TierMeasure, isOnly: boolean): string {
  const { each, upTo: units } = measureWords[measure];
  const once = /[1-9]/.test(flatUsd) ? ` and ${formatTotal(flatUsd)} once` : "";
  const until = upTo === null ? (isOnly ? "" : "beyond that ") : `up to ${formatDecimal(upTo)} ${units} `;
  return `${until}${formatUnitCost(unitUsd)} ${each}${once}`;
}

function tiersWords(component: Extract<Component, { kind: "tiers" }>): string {
  const { mode, measure, tiers, tokenClasses, included } = component;
  const which = measure === "tokens" && tokenClasses.length > 0 ? ` (${tokensOf(tokenClasses)})` : "";
  const how = mode === "graduated" ? "each unit by its own tier" : "all units by the tier that the last one is in";
  const steps = tiers.map((tier) => tierWords(tier, measure, tiers.length === 1)).join("; ");
  const unit = measureWords[measure].upTo;
  return `${steps}${which}: ${how}${filterWords(component)}${freeWords(included, unit)}`;
} // prettier-ignore

/** One component in half a sentence, without its label. */
export function componentWords(component: Component): string {
  switch (component.kind) {
    case "cost_plus":
      return /[1-9]/.test(component.markupPercent)
        ? `cost plus ${percent(component.markupPercent)}${filterWords(component)}`
        : `cost, without a markup${filterWords(component)}`;
    case "per_token":
      return `${formatUnitCost(component.usdPerMillion)} a million ${tokensOf(component.tokenClasses)}${filterWords(component)}${freeWords(component.included, "tokens")}`;
    case "per_call":
      return `${formatUnitCost(component.usdPerCall)} a call${filterWords(component)}${freeWords(component.included, "calls")}`;
    case "tiers":
      return tiersWords(component);
    case "flat":
      return `${formatTotal(component.usd)} a month`;
    case "included":
      return `usage of ${formatTotal(component.usd)} a month is free`;
  }
}

export function taxWords(tax: Tax): string {
  if (tax.kind === "none") return "no tax";
  return tax.kind === "rate" ? `${tax.name} ${percent(tax.percent)}` : "reverse charge";
}

/** What holds for all components together; an item each. */
function overallWords({ minimumUsd, discountPercent, tax }: PlanTerms): string[] {
  return [
    ...(minimumUsd === null ? [] : [`at least ${formatTotal(minimumUsd)} a month`]),
    ...(/[1-9]/.test(discountPercent) ? [`a discount of ${percent(discountPercent)}`] : []),
    taxWords(tax),
  ];
}

const sentence = (parts: readonly string[]) => {
  const words = parts.join("; ");
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
};

/** "Cost plus 20%; $49.00 a month; VAT 19%": enough to tell plans apart. */
export const termsInShort = (terms: PlanTerms): string =>
  sentence([...terms.components.map(componentWords), ...overallWords(terms)]);

/** "At least $25.00 a month; VAT 19%" */
export const overallInShort = (terms: PlanTerms): string => sentence(overallWords(terms));
