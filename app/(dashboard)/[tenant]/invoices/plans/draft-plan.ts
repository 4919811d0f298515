import { z } from "zod";
import { type Component, PlanTerms, type Tier, TierMeasure } from "@/server/invoices/plan-schemas";
import { tokenBuckets } from "@/server/prices/buckets";
import { faultsOf, linesIn, plainDecimal } from "../typed";

export const componentKinds = ["cost_plus", "per_token", "per_call", "tiers", "flat", "included"] as const;
export type ComponentKind = (typeof componentKinds)[number];

const DraftTier = z.object({ upTo: z.string(), unitUsd: z.string(), flatUsd: z.string() });
export type DraftTier = z.infer<typeof DraftTier>;

/** Holds the fields of all kinds: another kind and back again loses nothing that was typed. */
const DraftComponent = z.object({
  /** Tells components apart that look the same. */
  key: z.string(),
  kind: z.enum(componentKinds),
  label: z.string(),
  markupPercent: z.string(),
  usdPerMillion: z.string(),
  usdPerCall: z.string(),
  usd: z.string(),
  measure: TierMeasure,
  mode: z.enum(["graduated", "volume"]),
  tokenClasses: z.array(z.enum(tokenBuckets)),
  /** One a line. */
  models: z.string(),
  features: z.string(),
  included: z.string(),
  tiers: z.array(DraftTier),
});
export type DraftComponent = z.infer<typeof DraftComponent>;

/** A plan's terms as the form holds them: as typed, empty where nothing is. */
export const DraftPlan = z.object({
  /** The version that it began from; null: a plan that is not there yet. */
  baseVersion: z.number().nullable(),
  name: z.string(),
  components: z.array(DraftComponent),
  minimumUsd: z.string(),
  discountPercent: z.string(),
  taxKind: z.enum(["none", "rate", "reverse_charge"]),
  taxName: z.string(),
  taxPercent: z.string(),
  taxNote: z.string(),
});
export type DraftPlan = z.infer<typeof DraftPlan>;

export const reverseChargeNote = "Reverse charge: VAT is to be accounted for by the recipient.";

const usualLabels = {
  cost_plus: "LLM usage",
  per_token: "Tokens",
  per_call: "Calls",
  tiers: "Usage by tier",
  flat: "Monthly fee",
  included: "Included each month",
} as const satisfies Record<ComponentKind, string>;

const emptyTier: DraftTier = { upTo: "", unitUsd: "", flatUsd: "" };

export const newComponent = (kind: ComponentKind, key: string): DraftComponent => ({
  key,
  kind,
  label: usualLabels[kind],
  markupPercent: "",
  usdPerMillion: "",
  usdPerCall: "",
  usd: "",
  measure: "tokens",
  mode: "graduated",
  tokenClasses: [],
  models: "",
  features: "",
  included: "",
  tiers: [emptyTier, emptyTier],
});

/** Cost and a markup: what most begin with. */
export const newPlan: DraftPlan = {
  baseVersion: null,
  name: "",
  components: [{ ...newComponent("cost_plus", "1"), markupPercent: "20" }],
  minimumUsd: "",
  discountPercent: "",
  taxKind: "none",
  taxName: "VAT",
  taxPercent: "",
  taxNote: reverseChargeNote,
};

/** A key that none of them has. */
export const freeKey = (components: readonly DraftComponent[]): string =>
  String(Math.max(0, ...components.map(({ key }) => Number(key))) + 1);

/** Another kind brings its usual label, unless somebody has written one. */
export const withKind = (draft: DraftComponent, kind: ComponentKind): DraftComponent => ({
  ...draft,
  kind,
  label: draft.label.trim() === usualLabels[draft.kind] ? usualLabels[kind] : draft.label,
});

const textOf = (names: readonly string[]) => names.join("\n");
const unlessZero = (decimal: string) => (/[1-9]/.test(decimal) ? decimal : "");

const draftTier = ({ upTo, unitUsd, flatUsd }: Tier): DraftTier => ({
  upTo: upTo ?? "",
  unitUsd,
  flatUsd: unlessZero(flatUsd),
});

function draftComponent(component: Component, key: string): DraftComponent {
  const empty = newComponent(component.kind, key);
  const drafted = { ...empty, ...component };
  return {
    ...empty,
    ...component,
    tokenClasses: [...drafted.tokenClasses],
    models: "models" in component ? textOf(component.models) : "",
    features: "features" in component ? textOf(component.features) : "",
    included: "included" in component ? unlessZero(component.included) : "",
    tiers: "tiers" in component ? component.tiers.map(draftTier) : empty.tiers,
  };
}

export const draftOf = (terms: PlanTerms, version: number): DraftPlan => ({
  ...newPlan,
  baseVersion: version,
  name: terms.name,
  components: terms.components.map((component, at) => draftComponent(component, String(at + 1))),
  minimumUsd: terms.minimumUsd ?? "",
  discountPercent: unlessZero(terms.discountPercent),
  taxKind: terms.tax.kind,
  ...(terms.tax.kind === "rate" && { taxName: terms.tax.name, taxPercent: terms.tax.percent }),
  ...(terms.tax.kind === "reverse_charge" && { taxNote: terms.tax.note }),
});

const orNothing = (typed: string) => (plainDecimal(typed) === "" ? "0" : plainDecimal(typed));
const namesIn = (typed: string) => [...new Set(linesIn(typed))];

function tiersOf({ tiers }: DraftComponent) {
  return tiers.map(({ upTo, unitUsd, flatUsd }, at) => ({
    upTo: at === tiers.length - 1 && upTo.trim() === "" ? null : plainDecimal(upTo),
    unitUsd: plainDecimal(unitUsd),
    flatUsd: orNothing(flatUsd),
  }));
}

function componentOf(draft: DraftComponent): object {
  const { kind, label } = draft;
  const filter = { models: namesIn(draft.models), features: namesIn(draft.features) };
  const included = orNothing(draft.included);
  switch (kind) {
    case "cost_plus":
      return { kind, label, markupPercent: orNothing(draft.markupPercent), ...filter };
    case "per_token":
      return { kind, label, usdPerMillion: plainDecimal(draft.usdPerMillion), tokenClasses: draft.tokenClasses, ...filter, included };
    case "per_call":
      return { kind, label, usdPerCall: plainDecimal(draft.usdPerCall), ...filter, included };
    case "tiers": {
      const { measure, mode } = draft;
      const tokenClasses = measure === "tokens" ? draft.tokenClasses : [];
      return { kind, label, measure, mode, tokenClasses, ...filter, included, tiers: tiersOf(draft) };
    }
    case "flat":
    case "included":
      return { kind, label, usd: plainDecimal(draft.usd) };
  }
} // prettier-ignore

function taxOf({ taxKind: kind, taxName, taxPercent, taxNote }: DraftPlan): object {
  if (kind === "rate") return { kind, name: taxName, percent: plainDecimal(taxPercent) };
  return kind === "reverse_charge" ? { kind, note: taxNote } : { kind };
}

/** What is saved, or what is wrong by the path of the field. */
export function termsOf(draft: DraftPlan): { terms: PlanTerms | null; errors: ReadonlyMap<string, string> } {
  const read = PlanTerms.safeParse({
    name: draft.name,
    components: draft.components.map(componentOf),
    minimumUsd: plainDecimal(draft.minimumUsd) === "" ? null : plainDecimal(draft.minimumUsd),
    discountPercent: orNothing(draft.discountPercent),
    tax: taxOf(draft),
  });
  return { terms: read.data ?? null, errors: faultsOf(read.error) };
}
