import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { findIssuer, findSettings } from "./account-queries";
import type { BillingSettings } from "./outdated";
import type { IssuerSetting } from "./parties";
import { IssuerDetails } from "./schemas";

/** As long as nobody has said anything. */
export const noIssuer = (): IssuerSetting => ({ defaultPlanId: null, details: IssuerDetails.parse({}) });

/** Of these accounts, and of whoever bills them. */
export async function loadSettings(
  db: Db,
  { tenant }: Pick<Ctx, "tenant">,
  accountIds: readonly string[],
): Promise<BillingSettings> {
  return {
    tenantName: tenant.name,
    issuer: (await findIssuer(db, tenant.id)) ?? noIssuer(),
    accounts: await findSettings(db, tenant.id, [...new Set(accountIds)]),
  };
}
