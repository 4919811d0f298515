import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listClosed } from "./queries";

/** The months that are closed, the newest first. All others are open. */
export async function listPeriods(ctx: Ctx) {
  requireRight(ctx.actor, "reports:read");
  const periods = await ctx.db.read((db) => listClosed(db, ctx.tenant.id));
  return periods.map(({ month, timeZone, closedAt, closedBy, despite }) => ({
    month,
    timeZone,
    closedAt: closedAt.toISOString(),
    closedBy,
    despite,
  }));
}
