import { billingTenants } from "./queries";

/** Tenants that have Stripe connected. */
export function listBillingTenants(): Promise<string[]> {
  return billingTenants();
}
