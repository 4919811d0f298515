import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { Usd, usdText } from "@/server/prices/decimal";
import { currentConnection } from "./queries";
import { findReading, listRevenue } from "./revenue-queries";

/**
 * What accounts pay a month by Stripe's subscriptions, as read last; null: nothing is connected. Amounts are decimal strings
 * in USD. Only what live mode says counts in reports: test mode is shown here and no more.
 */
export async function showRevenue(ctx: Ctx) {
  requireRight(ctx.actor, "billing:read");
  const tenantId = ctx.tenant.id;
  return ctx.db.read(async (db) => {
    const connection = await currentConnection(db, tenantId);
    if (!connection) return null;
    const key = { tenantId, connectionId: connection.id };
    const { readAt, failure, strangers, strangersMrrUsd } = await findReading(db, key);
    const accounts = await listRevenue(db, key);
    return {
      mode: connection.mode,
      counts: connection.mode === "live",
      readAt,
      failure,
      totalUsd: usdText(accounts.reduce((sum, { mrrUsd }) => sum.plus(mrrUsd ?? 0), new Usd(0))),
      accounts,
      unmapped: strangers === null ? null : { customers: strangers, mrrUsd: strangersMrrUsd },
    };
  });
}
