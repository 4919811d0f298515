import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { rollUpShape } from "@/server/rollups/shape";
import { decideWatermark } from "@/server/rollups/watermark";
import { isOneMoment } from "./one-moment";
import type { Built } from "./pieces";

export interface WatermarkAnswer {
  /** Instants. After `finalThrough` figures are provisional. */
  finalThrough: string;
  rolledThrough: string;
  pendingHours: number;
}

const seen = new WeakMap<Db, ReturnType<typeof stateAndMarks>>();

/** Several questions of one moment would all see the same. */
function look(db: Db, tenantId: string): ReturnType<typeof stateAndMarks> {
  const known = seen.get(db) ?? stateAndMarks(db, tenantId);
  if (isOneMoment(db)) seen.set(db, known);
  return known;
}

/**
 * What the roll-ups can answer at this moment, and how far they can be relied on. To be read in the transaction of the
 * question, so that both are of one moment.
 * @param knownAt when the report is one of an earlier instant
 */
export async function readFreshness(
  db: Db,
  ctx: Ctx,
  knownAt: Date | null = null,
): Promise<{ built: Built; watermark: WatermarkAnswer }> {
  const { id: tenantId, timeZone, latencyBufferMinutes } = ctx.tenant;
  const state = await look(db, tenantId);
  // As known then, the ledger itself is asked, so nothing waits to be rolled up.
  const pending = knownAt ? { oldestMarkedAt: null, hours: 0 } : state;
  const days = state.timeZone === timeZone && state.shape === rollUpShape && state.rebuildTo === null;
  const watermark = decideWatermark(
    knownAt ?? ctx.now,
    pending.oldestMarkedAt,
    pending.hours,
    latencyBufferMinutes,
  );
  return {
    built: {
      days,
      monthsTo: days ? state.monthsTo : null,
      blocksTo: days ? state.blocksTo : null,
      recentTo: days ? state.recentTo : null,
    },
    watermark: {
      finalThrough: watermark.finalThrough.toISOString(),
      rolledThrough: watermark.rolledThrough.toISOString(),
      pendingHours: watermark.pendingHours,
    },
  };
}
