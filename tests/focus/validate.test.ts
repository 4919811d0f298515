import { describe, expect, it } from "vitest";
import { columnRules, type SpecRow } from "./spec";
import { validateHeader, validateRows } from "./validate";

const usage: SpecRow = {
  BilledCost: "0.00000137",
  BillingAccountId: "acme/openai",
  BillingAccountName: "Acme at OpenAI",
  BillingCurrency: "USD",
  BillingPeriodEnd: "2026-11-01T00:00:00Z",
  BillingPeriodStart: "2026-10-01T00:00:00Z",
  ChargeCategory: "Usage",
  ChargeClass: null,
  ChargeDescription: "gpt: input tokens",
  ChargeFrequency: "Usage-Based",
  ChargePeriodEnd: "2026-10-03T00:00:00Z",
  ChargePeriodStart: "2026-10-02T00:00:00Z",
  ConsumedQuantity: "1",
  ConsumedUnit: "Tokens",
  ContractedCost: "0.00000137",
  ContractedUnitPrice: "1.37",
  EffectiveCost: "0.00000137",
  HostProviderName: "OpenAI",
  InvoiceId: "openai 2026-10",
  InvoiceIssuerName: "OpenAI",
  ListCost: "0.000002",
  ListUnitPrice: "2",
  PricingCategory: "Standard",
  PricingQuantity: "0.000001",
  PricingUnit: "1000000 Tokens",
  ProviderName: "OpenAI",
  PublisherName: "OpenAI",
  ServiceCategory: "AI and Machine Learning",
  ServiceName: "OpenAI API",
  ServiceProviderName: "OpenAI",
  ServiceSubcategory: "Generative AI",
  SkuId: "openai/gpt/Input Tokens",
  SkuMeter: "Input Tokens",
  SkuPriceId: "openai/gpt/Input Tokens/standard/0",
  Tags: '{"team":"core"}',
};
const priceless = { ConsumedQuantity: null, ConsumedUnit: null, ContractedUnitPrice: null, ListUnitPrice: null, PricingCategory: null, PricingQuantity: null, PricingUnit: null, SkuId: null, SkuMeter: null, SkuPriceId: null }; // prettier-ignore
const tax: SpecRow = { ...usage, ...priceless, ChargeCategory: "Tax", ChargeFrequency: "One-Time", ListCost: "0.00000137" }; // prettier-ignore
const credit: SpecRow = { ...tax, ChargeCategory: "Credit" };
const correction: SpecRow = { ...usage, ChargeClass: "Correction", ChargePeriodStart: "2026-09-02T00:00:00Z", ChargePeriodEnd: "2026-09-03T00:00:00Z" }; // prettier-ignore

const planted: [column: string, rule: string, rows: SpecRow[]][] = [
  ["BilledCost", "null is not allowed", [{ ...usage, BilledCost: null }]],
  ["BilledCost", "not of the numeric format", [{ ...usage, BilledCost: "1,000.5" }]],
  ["EffectiveCost", "not of the numeric format", [{ ...usage, EffectiveCost: "+1" }]],
  ["EffectiveCost", "not of the numeric format", [{ ...usage, EffectiveCost: "$1" }]],
  ["ContractedCost", "not of the numeric format", [{ ...usage, ContractedCost: "1e-6" }]],
  ["ListUnitPrice", "unit price is negative", [{ ...usage, ListUnitPrice: "-2" }]],
  ["BillingAccountId", "empty text stands for null", [{ ...usage, BillingAccountId: "" }]],
  ["InvoiceId", "empty text stands for null", [{ ...usage, InvoiceId: "NULL" }]],
  ["BillingCurrency", "not a currency of ISO 4217", [{ ...usage, BillingCurrency: "US$" }]],
  ["BillingPeriodStart", "not of the date/time format", [{ ...usage, BillingPeriodStart: "2026-10-01" }]],
  ["ChargePeriodStart", "not of the date/time format", [{ ...usage, ChargePeriodStart: "2026-10-02T00:00:00+05:30" }]], // prettier-ignore
  ["ChargePeriodStart", "not of the date/time format", [{ ...usage, ChargePeriodStart: "2026-10-02T25:00:00Z" }]], // prettier-ignore
  ["ChargePeriodEnd", "charge period ends before it begins", [{ ...usage, ChargePeriodEnd: "2026-10-02T00:00:00Z" }]], // prettier-ignore
  ["BillingPeriodEnd", "billing period ends before it begins", [{ ...usage, BillingPeriodEnd: "2026-10-01T00:00:00Z" }]], // prettier-ignore
  ["ChargePeriodStart", "charge period is outside the billing period", [{ ...usage, ChargePeriodStart: "2026-09-30T00:00:00Z" }]], // prettier-ignore
  ["ChargeCategory", "value is not allowed", [{ ...usage, ChargeCategory: "Refund" }]],
  ["ChargeClass", "value is not allowed", [{ ...usage, ChargeClass: "Late" }]],
  ["ChargeClass", "a correction is of an earlier billing period", [{ ...usage, ChargeClass: "Correction" }]],
  ["ChargeFrequency", "value is not allowed", [{ ...usage, ChargeFrequency: "Monthly" }]],
  ["ChargeFrequency", "a purchase is not usage-based", [{ ...usage, ChargeCategory: "Purchase", ConsumedQuantity: null, ConsumedUnit: null }]], // prettier-ignore
  ["ConsumedQuantity", "usage needs a positive consumed quantity", [{ ...usage, ConsumedQuantity: "0" }]],
  ["ConsumedQuantity", "consumed quantity of what is not used", [{ ...credit, ConsumedQuantity: "1", ConsumedUnit: "Tokens" }]], // prettier-ignore
  ["ConsumedUnit", "quantity and unit go together", [{ ...usage, ConsumedUnit: null }]],
  ["ConsumedUnit", "not of the unit format", [{ ...usage, ConsumedUnit: "tokens" }]],
  ["PricingUnit", "not of the unit format", [{ ...usage, PricingUnit: "1M Tokens" }]],
  ["PricingUnit", "quantity and unit go together", [{ ...correction, PricingUnit: null }]],
  ["ContractedCost", "unit price × quantity is not the cost", [{ ...usage, ContractedCost: "0.00000138" }]],
  ["ListCost", "unit price × quantity is not the cost", [{ ...usage, ListCost: "0.0000021" }]],
  ["ListCost", "list cost of a credit is its billed cost", [{ ...credit, ListCost: "2" }]],
  ["EffectiveCost", "effective cost of a credit is its billed cost", [{ ...credit, EffectiveCost: "2" }]],
  ["PricingCategory", "must not be null for Usage and Purchase", [{ ...usage, PricingCategory: null }]],
  ["PricingCategory", "must be null for Tax", [{ ...tax, PricingCategory: "Standard" }]],
  ["PricingCategory", "value is not allowed", [{ ...usage, PricingCategory: "On-Demand" }]],
  ["PricingQuantity", "must be null for Tax", [{ ...tax, PricingQuantity: "1", PricingUnit: "Units" }]],
  ["SkuPriceId", "must not be null for Usage and Purchase", [{ ...usage, SkuPriceId: null }]],
  ["SkuPriceId", "a price of two SKUs", [usage, { ...usage, SkuId: "another" }]],
  ["InvoiceId", "an invoice of two billing accounts", [usage, { ...usage, BillingAccountId: "acme/azure" }]],
  ["ServiceCategory", "value is not allowed", [{ ...usage, ServiceCategory: "AI" }]],
  ["ServiceSubcategory", "value is not allowed", [{ ...usage, ServiceSubcategory: "LLM" }]],
  ["Tags", "not a JSON object of plain values", [{ ...usage, Tags: "team=core" }]],
  ["Tags", "not a JSON object of plain values", [{ ...usage, Tags: '["core"]' }]],
  ["PublisherName", "null is not allowed", [{ ...usage, PublisherName: null }]],
];
const headers: [rule: string, names: string[]][] = [
  ["mandatory column is missing", Object.keys(columnRules).filter((name) => name !== "ListCost")],
  ["unknown column without x_", [...Object.keys(columnRules), "Feature"]],
  ["FOCUS column after x_ columns", ["x_Feature", ...Object.keys(columnRules)]],
  ["name is not PascalCase", [...Object.keys(columnRules), "x_call_count"]],
  ["a column is there twice", [...Object.keys(columnRules), "Tags"]],
];

describe("the validator", () => {
  it.each([["usage", usage], ["tax", tax], ["credit", credit], ["correction", correction]])("accepts a row of %s that is right", (_, row) => {
    expect(validateRows([row])).toEqual([]);
    expect(validateHeader(Object.keys(row))).toEqual([]);
  }); // prettier-ignore

  it.each(planted)("finds by name, of %s: %s", (column, rule, rows) => {
    expect(validateRows(rows)).toContainEqual({ column, rule, row: rows.length });
  });

  it.each(headers)("finds among names: %s", (rule, names) => {
    expect(validateHeader(names).map((fault) => fault.rule)).toContain(rule);
  });
});
