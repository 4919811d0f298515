import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { asked } from "./asked";
import { openProvider, type OpenProvider } from "./credentials";
import { requireConnection } from "./require-connection";

/**
 * The meters that Stripe has in the connected account and mode, for somebody to choose from.
 * @throws DomainError CONFLICT when nothing is connected; CONFLICT, UNAVAILABLE when Stripe does not say
 */
export async function listProviderMeters(ctx: Ctx, open: OpenProvider = openProvider) {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const connection = await ctx.db.read((db) => requireConnection(db, tenantId));
  const meters = await asked(() => open(tenantId, connection, () => ctx.now).listMeters());
  return meters.map(({ id, eventName, name, active, isSum }) => ({ id, eventName, name, active, isSum }));
}
