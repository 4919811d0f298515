import type { Month } from "@/server/periods/schemas";
import type { Customer, Issuer } from "./documents";
import type { CustomerDetails, IssuerDetails } from "./schemas";

/** How an account is billed, as somebody said. */
export interface AccountSetting {
  accountId: string;
  planId: string | null;
  isBilled: boolean;
  billFrom: Month | null;
  billThrough: Month | null;
  details: CustomerDetails;
}

export interface IssuerSetting {
  defaultPlanId: string | null;
  details: IssuerDetails;
}

export function customerOf(accountId: string, details: CustomerDetails | undefined): Customer {
  const { name = "", addressLines = [], email = "", vatId = "" } = details ?? {};
  return { name: name || accountId, addressLines, email, vatId };
}

export function issuerOf(tenantName: string, { details }: IssuerSetting): Issuer {
  const { name, addressLines, vatId, bankLines, note } = details;
  return { name: name || tenantName, addressLines, vatId, bankLines, note };
}

export type Billing = { planId: string } | { planId: null; reason: "no_plan" | "not_billed" };

/** By which plan an account is billed for a month, if at all. */
export function decideBilling(
  setting: AccountSetting | undefined,
  defaultPlanId: string | null,
  month: Month,
): Billing {
  const isWithin =
    setting === undefined ||
    ((setting.billFrom === null || setting.billFrom <= month) &&
      (setting.billThrough === null || setting.billThrough >= month));
  if (!isWithin || setting?.isBilled === false) return { planId: null, reason: "not_billed" };
  const planId = setting?.planId ?? defaultPlanId;
  return planId === null ? { planId: null, reason: "no_plan" } : { planId };
}

/** INV-2026-0001: of the year in which it was issued. */
export function invoiceNumber(prefix: string, year: number, n: number): string {
  return `${prefix}-${String(year)}-${String(n).padStart(4, "0")}`;
}
