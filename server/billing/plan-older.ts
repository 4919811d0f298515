import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { type Planned, planWindows } from "./plan-windows";
import { currentConnection, lookedAtOlder } from "./queries";
import { dayMs } from "./window";

/** Calls older than that are not recorded any more. */
const oldestDays = 400;

/**
 * Once a day, looks for usage that came or changed later than Stripe's meters take it: it is put into the outbox as too old,
 * so that it is listed as a difference that somebody owns. Nothing is silently lost.
 */
export async function planOlderIfDue(ctx: Ctx): Promise<Planned> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const connection = await ctx.db.write((db) => currentConnection(db, tenantId));
  const last = connection?.olderLookedAt;
  if (!connection || (last && ctx.now.getTime() - last.getTime() < dayMs)) return { rows: 0, more: false };
  const planned = await planWindows(ctx, { lookBackDays: oldestDays });
  if (!planned.more) await ctx.db.write((db) => lookedAtOlder(db, { tenantId, id: connection.id }, ctx.now));
  return planned;
}
