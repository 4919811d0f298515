/** text; decimal (USD and quantities, as decimal strings); instant (of UTC); whole (counts). */
export type FocusType = "text" | "decimal" | "instant" | "whole";

interface FocusColumn {
  type: FocusType;
  /** Whether it may be empty. */
  isNullable: boolean;
}

const required = (type: FocusType) => ({ type, isNullable: false as const });
const nullable = (type: FocusType) => ({ type, isNullable: true as const });

/** In the order of the file: FOCUS 1.2 with the names that 1.3 adds (Service- and HostProviderName), then our own. */
export const focusColumns = {
  BilledCost: required("decimal"),
  BillingAccountId: required("text"),
  BillingAccountName: nullable("text"),
  BillingCurrency: required("text"),
  BillingPeriodEnd: required("instant"),
  BillingPeriodStart: required("instant"),
  ChargeCategory: required("text"),
  ChargeClass: nullable("text"),
  ChargeDescription: nullable("text"),
  ChargeFrequency: required("text"),
  ChargePeriodEnd: required("instant"),
  ChargePeriodStart: required("instant"),
  ConsumedQuantity: nullable("decimal"),
  ConsumedUnit: nullable("text"),
  ContractedCost: required("decimal"),
  ContractedUnitPrice: nullable("decimal"),
  EffectiveCost: required("decimal"),
  HostProviderName: nullable("text"),
  InvoiceId: nullable("text"),
  InvoiceIssuerName: required("text"),
  ListCost: required("decimal"),
  ListUnitPrice: nullable("decimal"),
  PricingCategory: nullable("text"),
  PricingQuantity: nullable("decimal"),
  PricingUnit: nullable("text"),
  ProviderName: required("text"),
  PublisherName: required("text"),
  ServiceCategory: required("text"),
  ServiceName: required("text"),
  ServiceProviderName: required("text"),
  ServiceSubcategory: nullable("text"),
  SkuId: nullable("text"),
  SkuMeter: nullable("text"),
  SkuPriceId: nullable("text"),
  Tags: nullable("text"),
  x_AccountId: nullable("text"),
  x_CallCount: nullable("whole"),
  x_CostBasis: nullable("text"),
  x_Environment: nullable("text"),
  x_Feature: nullable("text"),
  x_Model: nullable("text"),
  x_PriceVersionId: nullable("text"),
  x_Team: nullable("text"),
  x_UnpricedCallCount: nullable("whole"),
} as const satisfies Record<string, FocusColumn>;

export type FocusName = keyof typeof focusColumns;
export const focusNames = Object.keys(focusColumns) as FocusName[];

type Cell<Name extends FocusName> = (typeof focusColumns)[Name]["isNullable"] extends true
  ? string | null
  : string;
/** Amounts and quantities are decimal strings, instants `YYYY-MM-DDTHH:mm:ssZ`, ends exclusive; null is an empty field. */
export type FocusRow = { [Name in FocusName]: Cell<Name> };

/** What most rows leave empty. */
export const nothingMore = {
  ChargeClass: null,
  ConsumedQuantity: null,
  ConsumedUnit: null,
  ContractedUnitPrice: null,
  InvoiceId: null,
  ListUnitPrice: null,
  PricingCategory: null,
  PricingQuantity: null,
  PricingUnit: null,
  SkuId: null,
  SkuMeter: null,
  SkuPriceId: null,
  Tags: null,
  x_AccountId: null,
  x_CallCount: null,
  x_CostBasis: null,
  x_Environment: null,
  x_Feature: null,
  x_Model: null,
  x_PriceVersionId: null,
  x_Team: null,
  x_UnpricedCallCount: null,
} as const satisfies Partial<FocusRow>;

/** `2026-10-01T00:00:00Z`. */
export const focusInstant = (at: Date | string): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
