import { columnRules, inUnits, isCurrency, isDecimal, isInstant, isProduct, isTags, isUnit, type SpecRow } from "./spec"; // prettier-ignore

/** A fault by the name of its rule. */
export interface Fault {
  rule: string;
  row: number | null;
  column: string;
}

/** Checks the names of a file's columns: all that must be there, none that FOCUS does not know, FOCUS before x_. */
export function validateHeader(names: readonly string[]): Fault[] {
  const faults: Fault[] = [];
  const add = (rule: string, column: string) => faults.push({ rule, row: null, column });
  for (const [column, { level }] of Object.entries(columnRules))
    if (level === "mandatory" && !names.includes(column)) add("mandatory column is missing", column);
  if (new Set(names).size < names.length) add("a column is there twice", names.find((name, at) => names.indexOf(name) < at) ?? ""); // prettier-ignore
  let isCustom = false;
  for (const name of names) {
    if (name.startsWith("x_")) isCustom = true;
    else if (!(name in columnRules)) add("unknown column without x_", name);
    else if (isCustom) add("FOCUS column after x_ columns", name);
    if (!/^(x_)?[A-Z][A-Za-z0-9]*$/.test(name)) add("name is not PascalCase", name);
  }
  return faults;
}

function cellFault(column: string, value: string | null): string | null {
  const rule = columnRules[column];
  if (!rule) return null;
  if (value === null) return rule.nulls ? null : "null is not allowed";
  if (rule.kind === "decimal") {
    if (!isDecimal(value)) return "not of the numeric format";
    return rule.nonNegative === true && inUnits(value) < 0n ? "unit price is negative" : null;
  }
  if (rule.kind === "datetime") return isInstant(value) ? null : "not of the date/time format";
  if (rule.kind === "json") return isTags(value) ? null : "not a JSON object of plain values";
  if (value.trim() === "" || value.toLowerCase() === "null") return "empty text stands for null";
  return rule.values && !rule.values.includes(value) ? "value is not allowed" : null;
}

const pricing = ["PricingCategory", "PricingQuantity", "PricingUnit", "ContractedUnitPrice", "SkuId", "SkuPriceId", "SkuMeter"]; // prettier-ignore

/** Rules that look at several columns of a row. */
function rowFaults(row: SpecRow): [rule: string, column: string][] {
  const faults: [string, string][] = [];
  const { ChargeCategory: category, ChargeClass: chargeClass } = row;
  const isCorrection = chargeClass === "Correction";
  const isCharged = category === "Usage" || category === "Purchase";
  const has = (name: string) => row[name] !== null && row[name] !== undefined;
  for (const column of pricing) {
    if (category === "Tax" && has(column)) faults.push(["must be null for Tax", column]);
    if (isCharged && !isCorrection && !has(column)) faults.push(["must not be null for Usage and Purchase", column]); // prettier-ignore
  }
  if (category === "Tax" && has("ListUnitPrice")) faults.push(["must be null for Tax", "ListUnitPrice"]);
  const { ConsumedQuantity: consumed, ConsumedUnit: consumedUnit, PricingUnit: pricingUnit } = row;
  if (category !== "Usage" && has("ConsumedQuantity")) faults.push(["consumed quantity of what is not used", "ConsumedQuantity"]); // prettier-ignore
  if (category === "Usage" && !isCorrection && !(typeof consumed === "string" && isDecimal(consumed) && inUnits(consumed) > 0n))
    faults.push(["usage needs a positive consumed quantity", "ConsumedQuantity"]); // prettier-ignore
  if (has("ConsumedQuantity") !== has("ConsumedUnit")) faults.push(["quantity and unit go together", "ConsumedUnit"]); // prettier-ignore
  if (has("PricingQuantity") !== has("PricingUnit")) faults.push(["quantity and unit go together", "PricingUnit"]); // prettier-ignore
  for (const [column, unit] of [["ConsumedUnit", consumedUnit], ["PricingUnit", pricingUnit]] as const)
    if (typeof unit === "string" && !isUnit(unit)) faults.push(["not of the unit format", column]); // prettier-ignore
  if (typeof row.BillingCurrency === "string" && !isCurrency(row.BillingCurrency)) faults.push(["not a currency of ISO 4217", "BillingCurrency"]); // prettier-ignore
  if (category === "Purchase" && row.ChargeFrequency === "Usage-Based") faults.push(["a purchase is not usage-based", "ChargeFrequency"]); // prettier-ignore
  for (const [unitPrice, cost] of [["ListUnitPrice", "ListCost"], ["ContractedUnitPrice", "ContractedCost"]] as const) {
    const [price, quantity, amount] = [row[unitPrice], row.PricingQuantity, row[cost]];
    const isThere = [price, quantity, amount].every((value) => typeof value === "string" && isDecimal(value));
    if (isThere && !isCorrection && !isProduct(price ?? "", quantity ?? "", amount ?? "")) faults.push(["unit price × quantity is not the cost", cost]); // prettier-ignore
  } // prettier-ignore
  if ((category === "Credit" || category === "Adjustment") && !has("ListUnitPrice")) {
    if (row.ListCost !== row.BilledCost) faults.push(["list cost of a credit is its billed cost", "ListCost"]); // prettier-ignore
    if (row.EffectiveCost !== row.BilledCost) faults.push(["effective cost of a credit is its billed cost", "EffectiveCost"]); // prettier-ignore
  }
  const [from, to] = [row.ChargePeriodStart ?? "", row.ChargePeriodEnd ?? ""];
  const [begin, end] = [row.BillingPeriodStart ?? "", row.BillingPeriodEnd ?? ""];
  if (from >= to) faults.push(["charge period ends before it begins", "ChargePeriodEnd"]);
  if (begin >= end) faults.push(["billing period ends before it begins", "BillingPeriodEnd"]);
  if (!isCorrection && (from < begin || to > end)) faults.push(["charge period is outside the billing period", "ChargePeriodStart"]); // prettier-ignore
  if (isCorrection && from >= begin) faults.push(["a correction is of an earlier billing period", "ChargeClass"]); // prettier-ignore
  return faults;
}

/** Checks rows, and what must hold between them: an invoice is of one account, a price of one SKU. */
export function validateRows(rows: Iterable<SpecRow>): Fault[] {
  const faults: Fault[] = [];
  const accountOf = new Map<string, string>();
  const skuOf = new Map<string, string>();
  let at = 0;
  for (const row of rows) {
    at += 1;
    const add = (rule: string, column: string) => faults.push({ rule, row: at, column });
    for (const [column, value] of Object.entries(row)) {
      const rule = cellFault(column, value);
      if (rule !== null) add(rule, column);
    }
    for (const [rule, column] of rowFaults(row)) add(rule, column);
    const once = (map: Map<string, string>, key: string | null | undefined, value: string, column: string, rule: string) => {
      if (typeof key !== "string") return;
      if ((map.get(key) ?? value) !== value) add(rule, column);
      map.set(key, value);
    }; // prettier-ignore
    once(accountOf, row.InvoiceId, row.BillingAccountId ?? "", "InvoiceId", "an invoice of two billing accounts"); // prettier-ignore
    once(skuOf, row.SkuPriceId, row.SkuId ?? "", "SkuPriceId", "a price of two SKUs");
  }
  return faults;
}
