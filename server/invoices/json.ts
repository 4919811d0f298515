import type { Invoice } from "./documents";
import { invoiceCurrency } from "./plan-schemas";

/** Grows when a field changes its meaning; new fields alone do not. */
const version = 1;

/**
 * An invoice as a program reads it: what `invoices.read` answers, with the currency of all amounts. Amounts are decimal
 * strings, `exactUsd` with every digit; the lines' `amountUsd` sum to `totalUsd`; `contentHash` is described in the README.
 */
export function invoiceDocument(invoice: Invoice) {
  return { document: "tokenledger invoice", version, currency: invoiceCurrency, ...invoice };
}
