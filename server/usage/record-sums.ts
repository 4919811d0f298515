import { markStretch } from "@/server/activity/marks-query";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { deleteSumsBesides, upsertSums } from "./sums-query";

/** How often a feature was used in a stretch of time, by a source that counts and does not tell single events. */
export interface UsageSum {
  /** Begins with the source and a colon. */
  messageId: string;
  /** Start of the stretch. */
  occurredAt: Date;
  feature: string | null;
  event: string;
  count: number;
  visitors: number | null;
}

export interface UsageSums {
  /** Who counts, such as "plausible:<connection>". */
  source: string;
  /** All that the source has of this time, from inclusive, to exclusive. */
  from: Date;
  to: Date;
  sums: readonly UsageSum[];
}

/**
 * Makes what we know of that time and source what it says now: new sums are added, others changed, and those that it no
 * longer tells are removed. Saying the same again changes nothing.
 * @throws DomainError FORBIDDEN, UNAVAILABLE (nothing was stored)
 */
export async function recordUsageSums(
  ctx: Ctx,
  told: UsageSums,
): Promise<{ changed: number; unchanged: number; removed: number }> {
  requireRight(ctx.actor, "usage:write");
  const tenantId = ctx.tenant.id;
  return ctx.db.rollup(async (db) => {
    const changed = await upsertSums(db, { tenantId, source: told.source, receivedAt: ctx.now }, told.sums);
    const removed = await deleteSumsBesides(db, { tenantId, ...told });
    if (changed + removed > 0) await markStretch(db, tenantId, told.from, told.to);
    return { changed, unchanged: told.sums.length - changed, removed };
  });
}
