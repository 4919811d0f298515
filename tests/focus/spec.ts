// The rules of FOCUS 1.2 for the columns that our files have, as the published specification states them
// (FinOps-Open-Cost-and-Usage-Spec/FOCUS_Spec, specification/columns). Written apart from the product: nothing of it is used here.

/** A row as a reader of the file has it: null is an empty field. */
export type SpecRow = Readonly<Record<string, string | null>>;

type Kind = "string" | "decimal" | "datetime" | "json";

export interface ColumnRule {
  kind: Kind;
  level: "mandatory" | "conditional" | "optional";
  /** Whether a null is ever allowed. */
  nulls: boolean;
  values?: readonly string[];
  nonNegative?: boolean;
}

const text = (level: ColumnRule["level"], nulls: boolean, values?: readonly string[]): ColumnRule => ({
  kind: "string",
  level,
  nulls,
  ...(values && { values }),
});
const money = (nulls = false): ColumnRule => ({ kind: "decimal", level: "mandatory", nulls });
const price: ColumnRule = { kind: "decimal", level: "conditional", nulls: true, nonNegative: true };
const time: ColumnRule = { kind: "datetime", level: "mandatory", nulls: false };

export const serviceCategories = ["AI and Machine Learning", "Analytics", "Business Applications", "Compute", "Databases", "Developer Tools", "Multicloud", "Identity", "Integration", "Internet of Things", "Management and Governance", "Media", "Migration", "Mobile", "Networking", "Security", "Storage", "Web", "Other"]; // prettier-ignore
/** Those of "AI and Machine Learning". */
const subcategories = ["AI Platforms", "Bots", "Generative AI", "Machine Learning", "Natural Language Processing", "Other (AI and Machine Learning)"]; // prettier-ignore

export const columnRules: Readonly<Record<string, ColumnRule>> = {
  BilledCost: money(),
  BillingAccountId: text("mandatory", false),
  BillingAccountName: text("mandatory", true),
  BillingCurrency: text("mandatory", false),
  BillingPeriodEnd: time,
  BillingPeriodStart: time,
  ChargeCategory: text("mandatory", false, ["Usage", "Purchase", "Tax", "Credit", "Adjustment"]),
  ChargeClass: text("mandatory", true, ["Correction"]),
  ChargeDescription: text("mandatory", true),
  ChargeFrequency: text("conditional", false, ["One-Time", "Recurring", "Usage-Based"]),
  ChargePeriodEnd: time,
  ChargePeriodStart: time,
  ConsumedQuantity: { kind: "decimal", level: "conditional", nulls: true },
  ConsumedUnit: text("conditional", true),
  ContractedCost: money(),
  ContractedUnitPrice: price,
  EffectiveCost: money(),
  InvoiceId: text("optional", true),
  InvoiceIssuerName: text("mandatory", false),
  ListCost: money(),
  ListUnitPrice: price,
  PricingCategory: text("conditional", true, ["Standard", "Dynamic", "Committed", "Other"]),
  PricingQuantity: money(true),
  PricingUnit: text("mandatory", true),
  ProviderName: text("mandatory", false),
  PublisherName: text("mandatory", false),
  ServiceCategory: text("mandatory", false, serviceCategories),
  ServiceName: text("mandatory", false),
  ServiceSubcategory: text("optional", false, subcategories),
  SkuId: text("conditional", true),
  SkuMeter: text("conditional", true),
  SkuPriceId: text("conditional", true),
  Tags: { kind: "json", level: "conditional", nulls: true },
  // FOCUS 1.3.
  ServiceProviderName: text("conditional", false),
  HostProviderName: text("conditional", true),
};

/** Numeric Format: plain decimals, no plus, no comma, no symbol; a trailing exponent is allowed, we forbid it. */
export const isDecimal = (value: string) => /^-?(0|[1-9]\d*)(\.\d+)?$/.test(value);
/** Date/Time Format: UTC, to the second, and a real instant. */
export function isInstant(value: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(value)) return false;
  const at = new Date(value);
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 19) === value.slice(0, 19);
}
/** Unit Format: counts of these, or "<number> <unit>". */
export const isUnit = (value: string) => /^(?:(?!0)\d+ )?(Tokens|Requests|Units)$/.test(value);
export const isCurrency = (value: string) =>
  /^[A-Z]{3}$/.test(value) && Intl.supportedValuesOf("currency").includes(value);
export const isTags = (value: string) => {
  try {
    const tags: unknown = JSON.parse(value);
    if (typeof tags !== "object" || tags === null || Array.isArray(tags)) return false;
    return Object.values(tags).every((tag) => ["string", "number", "boolean"].includes(typeof tag) || tag === null); // prettier-ignore
  } catch {
    return false;
  }
};

const scale = 24;
const scaled = (value: string): bigint => {
  const [, sign, whole = "0", fraction = ""] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(value) ?? [];
  const units = BigInt(whole + fraction.slice(0, scale).padEnd(scale, "0"));
  return sign === "-" ? -units : units;
};
export const sumOf = (values: readonly string[]) => values.reduce((sum, value) => sum + scaled(value), 0n);
export const inUnits = scaled;
/** Whether price × quantity is the cost: 18 decimals are kept, so a difference of 1e-12 is rounding. */
export function isProduct(price: string, quantity: string, cost: string): boolean {
  const off = (scaled(price) * scaled(quantity)) / 10n ** BigInt(scale) - scaled(cost);
  return (off < 0n ? -off : off) <= 10n ** 12n;
}
