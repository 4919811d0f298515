import type { Tenant } from "@/server/context";
import { spanOf } from "@/server/periods/closed-month";
import { bookProvider } from "@/server/prices/match-model";
import type { StatementHead } from "@/server/statements/schemas";
import { focusInstant } from "./columns";
import { providerName } from "./names";

/** What all rows of a month share. */
export interface FocusScene {
  tenant: Tenant;
  head: StatementHead;
  period: { BillingCurrency: "USD"; BillingPeriodStart: string; BillingPeriodEnd: string };
  /** The invoice of each provider (of the price book's name) whose bill there is. */
  invoices: ReadonlyMap<string, string>;
}

export function sceneOf(
  tenant: Tenant,
  head: StatementHead,
  invoices: ReadonlyMap<string, string> = new Map(),
): FocusScene {
  return {
    tenant,
    head,
    invoices,
    period: {
      BillingCurrency: "USD",
      BillingPeriodStart: focusInstant(head.from),
      BillingPeriodEnd: focusInstant(head.to),
    },
  };
}

export const spanOfMonth = spanOf;

/** One account with each provider: how many there really are, calls do not tell. */
export function providerColumns({ tenant, invoices }: FocusScene, provider: string) {
  const name = providerName(provider);
  const key = bookProvider(provider) || "unknown";
  return {
    BillingAccountId: `${tenant.slug}/${key}`,
    BillingAccountName: `${tenant.name} at ${name}`,
    InvoiceIssuerName: name,
    InvoiceId: invoices.get(key) ?? null,
    ProviderName: name,
    ServiceProviderName: name,
    HostProviderName: name,
  };
}
