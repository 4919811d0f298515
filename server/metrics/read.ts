import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { decideWatermark } from "@/server/rollups/watermark";
import { familiesOf, type MetricFamily } from "./families";
import { counterRows, countingState } from "./samples-query";

const retryAfterSeconds = 60;

/**
 * The tenant's metrics, for Prometheus and whatever reads its formats.
 * @throws DomainError UNAVAILABLE: there are roll-ups, but nothing was counted yet, and no figure is better than a part
 */
export async function readMetrics(ctx: Ctx): Promise<MetricFamily[]> {
  requireRight(ctx.actor, "reports:read");
  const { id: tenantId, latencyBufferMinutes } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const state = await countingState(db, tenantId);
    if (state.isRolledUp && !state.isCounted) {
      const wait = "The counters are being made from the ledger; they are there in a minute.";
      throw new DomainError("UNAVAILABLE", wait, { retryAfterSeconds });
    }
    const { rolledThrough } = decideWatermark(ctx.now, state.oldestMarkedAt, 0, latencyBufferMinutes);
    const staleMs = ctx.now.getTime() - rolledThrough.getTime();
    return familiesOf(await counterRows(db, tenantId), staleMs);
  });
}
