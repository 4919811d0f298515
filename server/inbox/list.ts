import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { countInbox, listTroubled } from "./queries";
import { keepDoneDays } from "./prune";

const newest = 50;

/** How deliveries of the last 7 days fared, and the newest of which something was refused. */
export async function listInbox(ctx: Ctx) {
  requireRight(ctx.actor, "sources:read");
  const since = new Date(ctx.now.getTime() - keepDoneDays * 86_400_000);
  const [{ oldestWaitingAt, newestReceivedAt, ...counts }, deliveries] = await ctx.db.read(async (db) => [
    await countInbox(db, ctx.tenant.id, since),
    await listTroubled(db, ctx.tenant.id, newest),
  ]);
  return {
    days: keepDoneDays,
    ...counts,
    oldestWaitingAt: oldestWaitingAt?.toISOString() ?? null,
    newestReceivedAt: newestReceivedAt?.toISOString() ?? null,
    deliveries: deliveries.map(({ receivedAt, processedAt, ...delivery }) => ({
      ...delivery,
      receivedAt: receivedAt.toISOString(),
      processedAt: processedAt?.toISOString() ?? null,
    })),
  };
}
