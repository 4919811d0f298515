import type { Tenant } from "@/server/context";
import type { Invoice, InvoiceLine } from "@/server/invoices/documents";
import { spanOf } from "@/server/periods/closed-month";
import { Usd, usdText } from "@/server/prices/decimal";
import { focusInstant, type FocusRow, nothingMore } from "./columns";

const categories: Record<InvoiceLine["kind"], FocusRow["ChargeCategory"]> = {
  usage: "Usage",
  late: "Usage",
  price: "Usage",
  flat: "Purchase",
  included: "Credit",
  minimum: "Purchase",
  discount: "Credit",
  manual: "Adjustment",
  tax: "Tax",
};
/** Corrections of earlier months that this invoice's customer was billed for before. */
const corrections = new Set<InvoiceLine["kind"]>(["late", "price"]);

/** An invoice to a customer as FOCUS: a row for each of its lines, which sum to its total to the cent. */
export function invoiceRows(tenant: Tenant, invoice: Invoice): FocusRow[] {
  const { from, to } = spanOf(invoice.month, invoice.timeZone);
  const issuer = invoice.issuer.name || tenant.name;
  const shared = {
    ...nothingMore,
    BillingAccountId: invoice.accountId,
    BillingAccountName: invoice.customer.name || invoice.accountId,
    BillingCurrency: "USD",
    BillingPeriodStart: focusInstant(from),
    BillingPeriodEnd: focusInstant(to),
    HostProviderName: issuer,
    InvoiceId: invoice.number,
    InvoiceIssuerName: issuer,
    ProviderName: issuer,
    PublisherName: issuer,
    ServiceCategory: "AI and Machine Learning",
    ServiceName: invoice.plan.name || "AI usage",
    ServiceProviderName: issuer,
    ServiceSubcategory: "Generative AI",
    Tags: JSON.stringify({ account: invoice.accountId }),
    x_AccountId: invoice.accountId,
  };
  return invoice.lines.map((line): FocusRow => {
    const span = spanOf(line.ofMonth, invoice.timeZone);
    return {
      ...shared,
      ChargePeriodStart: focusInstant(span.from),
      ChargePeriodEnd: focusInstant(span.to),
      ...lineColumns(invoice, line),
    };
  });
}

function lineColumns(invoice: Invoice, line: InvoiceLine) {
  const category = categories[line.kind];
  const amount = usdText(new Usd(line.amountUsd));
  const isPriced = category === "Usage" || category === "Purchase";
  return {
    BilledCost: amount,
    ContractedCost: amount,
    EffectiveCost: amount,
    ListCost: amount,
    ChargeCategory: category,
    ChargeClass: corrections.has(line.kind) ? "Correction" : null,
    ChargeDescription: line.description,
    ChargeFrequency: category === "Usage" ? "Usage-Based" : line.kind === "flat" ? "Recurring" : "One-Time",
    x_CostBasis: line.kind,
    ...(isPriced && pricing(invoice, line, amount)),
    ...(category === "Usage" && consumed(line, amount)),
  };
}

/**
 * By the dollar: the amount of a line is rounded to cents once, so that quantity times unit price, which its description tells,
 * need not be it.
 */
function pricing({ plan }: Invoice, line: InvoiceLine, amount: string) {
  const sku = `${plan.id}/${String(line.component ?? line.kind)}`;
  return {
    PricingCategory: "Standard",
    PricingQuantity: amount,
    PricingUnit: "Units",
    ContractedUnitPrice: "1",
    ListUnitPrice: "1",
    SkuId: sku,
    SkuMeter: line.description,
    SkuPriceId: `${sku}/usd`,
  };
}

function consumed({ quantity, unit }: InvoiceLine, amount: string) {
  const isCounted = quantity !== null && (unit === "tokens" || unit === "calls") && new Usd(quantity).gt(0);
  if (isCounted) return { ConsumedQuantity: usdText(new Usd(quantity)), ConsumedUnit: unit === "tokens" ? "Tokens" : "Requests" };
  return { ConsumedQuantity: usdText(new Usd(amount).abs()), ConsumedUnit: "Units" };
} // prettier-ignore
