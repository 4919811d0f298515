import { isDeepStrictEqual } from "node:util";
import type { FrozenCustomer, FrozenIssuer, InvoiceRow } from "./invoice-queries";
import { type AccountSetting, customerOf, decideBilling, issuerOf, type IssuerSetting } from "./parties";
import type { Tax } from "./plan-schemas";
import type { OutdatedReason } from "./schemas";

export interface BillingSettings {
  tenantName: string;
  issuer: IssuerSetting;
  /** By account; without one, nobody has said anything of it. */
  accounts: ReadonlyMap<string, AccountSetting>;
}

/** What an invoice says of who is billed, and by whom, if it is made now. */
export function partiesNow(
  { tenantName, issuer, accounts }: BillingSettings,
  accountId: string,
  planTax: Tax,
): { customer: FrozenCustomer; issuer: FrozenIssuer } {
  const details = accounts.get(accountId)?.details;
  return {
    customer: {
      ...customerOf(accountId, details),
      dueDays: details?.dueDays ?? issuer.details.dueDays,
      tax: details?.tax ?? planTax,
    },
    issuer: issuerOf(tenantName, issuer),
  };
}

/**
 * Why a draft is not what it would be if it were computed now; nothing of one with a number.
 * @param planTax of the version that it was computed with
 */
export function outdatedReasons(row: InvoiceRow, settings: BillingSettings, planTax: Tax): OutdatedReason[] {
  if (row.state !== "draft") return [];
  const { planId } = decideBilling(
    settings.accounts.get(row.accountId),
    settings.issuer.defaultPlanId,
    row.month,
  );
  const { customer, issuer } = partiesNow(settings, row.accountId, planTax);
  return [
    ...(row.revisionInForce === row.statementRevision ? [] : (["statement"] as const)),
    ...(planId === row.planId && row.versionInForce === row.planVersion ? [] : (["plan"] as const)),
    ...(isDeepStrictEqual([customer, issuer], [row.customer, row.issuer]) ? [] : (["details"] as const)),
  ];
}
