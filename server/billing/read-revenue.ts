import { requireRight } from "@/server/auth/permissions";
import { OutboundFailure } from "@/server/clients/outbound-failure";
import type { Ctx } from "@/server/context";
import { isDomainError } from "@/server/errors";
import { accountRevenue } from "./account-revenue";
import { asked } from "./asked";
import { openProvider, type OpenProvider } from "./credentials";
import { currentConnection, listMappings, lockBilling } from "./queries";
import { requireConnection } from "./require-connection";
import { findReading, noteRevenueFailure, replaceRevenue } from "./revenue-queries";
import { dayMs, hourMs } from "./window";

export interface RevenueRead {
  accounts: number;
  /** Of these, whose revenue cannot be told. */
  unknown: number;
}

/**
 * Reads what mapped customers pay a month from Stripe's subscriptions. What goes wrong is noted, and what was read before
 * stands.
 * @throws DomainError CONFLICT when nothing is connected; CONFLICT, UNAVAILABLE when Stripe does not say
 */
export async function readRevenue(ctx: Ctx, open: OpenProvider = openProvider): Promise<RevenueRead> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const connection = await ctx.db.write((db) => requireConnection(db, tenantId));
  const key = { tenantId, connectionId: connection.id };
  const subscriptions = await asked(async () => {
    try {
      return await open(tenantId, connection, () => ctx.now).listSubscriptions();
    } catch (error) {
      if (error instanceof OutboundFailure || isDomainError(error)) {
        const { message } = error;
        await ctx.db.write((db) => noteRevenueFailure(db, key, message, ctx.now));
      }
      throw error;
    }
  });
  return ctx.db.write(async (db) => {
    await lockBilling(db, tenantId);
    // Disconnected meanwhile: it is nobody's revenue any more.
    if ((await currentConnection(db, tenantId))?.id !== connection.id) return { accounts: 0, unknown: 0 };
    const read = accountRevenue(await listMappings(db, tenantId, connection.id), subscriptions, ctx.now);
    await replaceRevenue(db, key, read, ctx.now);
    const unknown = read.accounts.filter(({ mrrUsd }) => mrrUsd === null).length;
    return { accounts: read.accounts.length, unknown };
  });
}

/** Once a day, when an account was mapped since, and an hour after it went wrong; null: it is not time, or it went wrong. */
export async function readRevenueIfDue(
  ctx: Ctx,
  open: OpenProvider = openProvider,
): Promise<RevenueRead | null> {
  requireRight(ctx.actor, "billing:write");
  const tenantId = ctx.tenant.id;
  const isDue = await ctx.db.write(async (db) => {
    const connection = await currentConnection(db, tenantId);
    if (!connection) return false;
    const { readAt, triedAt, failure, mappedAt } = await findReading(db, {
      tenantId,
      connectionId: connection.id,
    });
    const since = (at: Date | null) => (at ? ctx.now.getTime() - at.getTime() : Infinity);
    if (failure !== null) return since(triedAt) >= hourMs;
    return since(readAt) >= dayMs || (mappedAt !== null && readAt !== null && mappedAt > readAt);
  });
  if (!isDue) return null;
  try {
    return await readRevenue(ctx, open);
  } catch (error) {
    // It is noted, and shown: usage goes on leaving without it.
    if (isDomainError(error) && (error.code === "CONFLICT" || error.code === "UNAVAILABLE")) return null;
    throw error;
  }
}
