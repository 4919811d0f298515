import { requireRight } from "@/server/auth/permissions";
import { mailIsConfigured } from "@/server/clients/email";
import type { Ctx } from "@/server/context";
import { countDeliveries } from "./delivery-queries";
import { listDestinationRows } from "./queries";

const shownDays = 30;
const none = { waiting: 0, sent: 0, failed: 0 };

/** The tenant's destinations and how they fare, the oldest first; never where exactly they lead. */
export async function listDestinations(ctx: Ctx) {
  requireRight(ctx.actor, "alerts:read");
  const since = new Date(ctx.now.getTime() - shownDays * 86_400_000);
  const [rows, counts] = await ctx.db.read(async (db) => [
    await listDestinationRows(db, ctx.tenant.id),
    await countDeliveries(db, ctx.tenant.id, since),
  ]);
  const destinations = rows.map((row) => {
    const { waiting, sent, failed } = counts.find(({ destinationId }) => destinationId === row.id) ?? none;
    return {
      id: row.id,
      kind: row.kind,
      name: row.name,
      tail: row.tail,
      routes: row.routes,
      state: row.state,
      /** Why it was switched off. */
      reason: row.reason,
      /** What went wrong last; null since it last went well. */
      failure: row.failure,
      failedAt: row.failedAt?.toISOString() ?? null,
      lastOkAt: row.lastOkAt?.toISOString() ?? null,
      createdAt: row.createdAt.toISOString(),
      /** Of its last 30 days; what waits is there whenever it came. */
      messages: { waiting, sent, failed },
    };
  });
  return { destinations, mailIsConfigured, days: shownDays };
}
export type ListedDestination = Awaited<ReturnType<typeof listDestinations>>["destinations"][number];
