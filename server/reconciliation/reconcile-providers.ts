import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { spanOf } from "@/server/periods/closed-month";
import { billedProviders } from "@/server/provider-bills/billed-providers";
import { billMonth } from "@/server/provider-bills/month";
import { attachOwners } from "./attach-owners";
import { providersOf } from "./ledger-queries";
import { providerLink, providerWithoutBill } from "./provider-link";
import { type GoneDifference, type Link, ReconciliationInput } from "./schemas";

/** The provider's side of a month (of UTC, as providers bill): ledger against each provider's bill. */
export async function reconcileProviders(
  ctx: Ctx,
  input: ReconciliationInput,
): Promise<{ month: string; links: Link[]; gone: GoneDifference[] }> {
  requireRight(ctx.actor, "reports:read");
  const { month } = ReconciliationInput.parse(input);
  const { providers } = await billedProviders(ctx);
  const links: Link[] = [];
  for (const { provider } of providers) links.push(providerLink(await billMonth(ctx, { provider, month })));
  const called = await ctx.db.read((db) => providersOf(db, ctx.tenant.id, spanOf(month, "UTC")));
  const billed = new Set(providers.map(({ provider }) => provider));
  for (const { provider, costUsd } of called)
    if (!billed.has(provider)) links.push(providerWithoutBill(provider, costUsd));
  const owned = await attachOwners(ctx, month, links, (link) => link.startsWith("provider:"));
  return { month, ...owned };
}
