import { localDay, type LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { firstDay, sumWideBlocks } from "./block-queries";
import { blocksOver, wideSizes } from "./blocks";

/**
 * Sums wide blocks that are over and not summed yet, and again those of which a day has changed. Running ones are read by
 * their smaller blocks: summing them anew each minute would cost more than it saves.
 * @returns the new `blocksTo`
 */
export async function replaceWideBlocks(
  db: Db,
  ctx: Ctx,
  days: readonly LocalDay[],
  blocksTo: LocalDay | null,
): Promise<LocalDay> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const today = localDay(ctx.now, timeZone);
  // A clock that was set back must not unmake blocks.
  const end = blocksTo !== null && blocksTo > today ? blocksTo : today;
  const since = blocksTo ?? (await firstDay(db, tenantId));
  // Each size is made of the one before.
  for (const size of wideSizes) await sumWideBlocks(db, tenantId, size, blocksOver(size, end, since, days));
  return end;
}
