import { Usd } from "@/server/prices/decimal";
import type { InvoiceHead } from "./documents";
import type { InvoiceRow } from "./invoice-queries";
import { type BillingSettings, outdatedReasons } from "./outdated";
import type { Tax } from "./plan-schemas";

/** @param planTax of the version that it was computed with */
export function describeInvoice(row: InvoiceRow, settings: BillingSettings, planTax: Tax): InvoiceHead {
  const isOfAnother = row.state === "final" && row.revisionInForce !== row.statementRevision;
  return {
    id: row.id,
    month: row.month,
    accountId: row.accountId,
    state: row.state,
    number: row.number,
    customerName: row.customer.name,
    plan: { id: row.planId, version: row.planVersion, name: row.planName },
    statementRevision: row.statementRevision,
    costUsd: row.costUsd,
    netUsd: row.netUsd,
    taxUsd: row.taxUsd,
    totalUsd: row.totalUsd,
    issuedOn: row.issuedOn,
    dueOn: row.dueOn,
    isEdited: row.isEdited,
    outdated: outdatedReasons(row, settings, planTax),
    sinceReopened: isOfAnother
      ? { costUsd: row.costNowUsd === null ? null : new Usd(row.costNowUsd).minus(row.costUsd).toFixed(18) }
      : null,
    voidedAt: row.voidedAt,
  };
}
