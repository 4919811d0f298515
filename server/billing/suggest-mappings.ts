import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { asked } from "./asked";
import { openProvider, type OpenProvider } from "./credentials";
import { listUnmapped } from "./list-unmapped";
import { listMappings } from "./queries";
import { requireConnection } from "./require-connection";
import { suggestMapping } from "./suggest-mapping";

/**
 * Whom of Stripe's customers accounts without one seem to be, the dearest account first, each with the reason. Nothing is
 * mapped by it.
 * @throws DomainError CONFLICT when nothing is connected; CONFLICT, UNAVAILABLE when Stripe does not say
 */
export async function suggestMappings(ctx: Ctx, open: OpenProvider = openProvider) {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const { connection, mapped } = await ctx.db.read(async (db) => {
    const found = await requireConnection(db, tenantId);
    const mappings = await listMappings(db, tenantId, found.id);
    return { connection: found, mapped: new Set(mappings.map(({ customerId }) => customerId)) };
  });
  const unmapped = (await listUnmapped(ctx)).filter(({ accountId }) => accountId !== "");
  const { customers, complete } = await asked(() =>
    open(tenantId, connection, () => ctx.now).listCustomers(),
  );
  const suggestions = suggestMapping(
    unmapped.map(({ accountId }) => accountId),
    customers.filter(({ id }) => !mapped.has(id)),
  );
  const costs = new Map(unmapped.map(({ accountId, costUsd }) => [accountId, costUsd]));
  return {
    suggestions: suggestions.map((one) => ({ ...one, costUsd: costs.get(one.accountId) ?? "0" })),
    customers: customers.length,
    complete,
  };
}
