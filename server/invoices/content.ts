import { createHash } from "node:crypto";
import type { InvoiceLine } from "./documents";
import type { InvoiceRow } from "./invoice-queries";
import type { Tax } from "./plan-schemas";

/** One line of the text that is hashed: a JSON array of strings, without spaces, and a line feed. */
const row = (values: readonly (string | number | null)[]) =>
  `${JSON.stringify(values.map((value) => (value === null ? "" : String(value))))}\n`;

function taxText(tax: Tax): string[] {
  switch (tax.kind) {
    case "none":
      return ["none", "", ""];
    case "rate":
      return ["rate", tax.name, tax.percent];
    case "reverse_charge":
      return ["reverse_charge", tax.note, ""];
  }
}

export type HashedInvoice = Pick<
  InvoiceRow,
  "shape" | "month" | "statementRevision" | "accountId" | "planId" | "planVersion" | "calls" | "costUsd" | "unpricedCalls" | "netUsd" | "taxUsd" | "totalUsd" | "customer" | "issuer"
> & { number: string; issuedOn: string; dueOn: string }; // prettier-ignore

/** The text that the README describes. What comes after the number (a voiding, a name that was erased) is not in it. */
export function invoiceText(tenantId: string, invoice: HashedInvoice, lines: readonly InvoiceLine[]): string {
  const { customer, issuer } = invoice;
  return [
    row(["tokenledger invoice", invoice.shape, tenantId, invoice.number, invoice.month, invoice.statementRevision, invoice.accountId, invoice.planId, invoice.planVersion, invoice.issuedOn, invoice.dueOn, invoice.calls, invoice.costUsd, invoice.unpricedCalls, invoice.netUsd, invoice.taxUsd, invoice.totalUsd]),
    row(["customer", customer.name, customer.addressLines.join("\n"), customer.email, customer.vatId, customer.dueDays, ...taxText(customer.tax)]),
    row(["issuer", issuer.name, issuer.addressLines.join("\n"), issuer.vatId, issuer.bankLines.join("\n"), issuer.note]),
    ...lines.map((line) => row([line.n, line.kind, line.component, line.ofMonth, line.description, line.quantity, line.unit, line.unitUsd, line.per, line.exactUsd, line.amountUsd])),
  ].join(""); // prettier-ignore
}

export function invoiceHash(tenantId: string, invoice: HashedInvoice, lines: readonly InvoiceLine[]): string {
  return createHash("sha256")
    .update(invoiceText(tenantId, invoice, lines))
    .digest("hex");
}
