import type { Ctx } from "@/server/context";
import { beginCounting, countReplaced } from "@/server/metrics/count-roll-up";
import { projectSlots } from "./projection-queries";
import * as queries from "./queries";
import { beginRebuild, rebuildNextDays } from "./rebuild";
import { replaceDays } from "./replace-days";
import { replaceMonths } from "./replace-months";
import { replaceWideBlocks } from "./replace-wide-blocks";
import { gatherRuns } from "./runs";
import { rollUpShape } from "./shape";
import { dropChangedRecent, isRecentDue } from "./sum-recent-days";

/** Hours of one transaction: bounds its length after an import; the newest go first, since people look there. */
const hoursAtOnce = 240;

const hourMs = 3_600_000;
const isNextHour = (last: Date, next: Date) => next.getTime() === last.getTime() + hourMs;

export interface RollUpResult {
  hours: number;
  days: number;
  /** More hours wait, or more days of a rebuild. */
  more: boolean;
  /** Nothing waits, and people's recent days are to be summed (./sum-recent-days.ts). */
  isRecentDue: boolean;
}

/**
 * Takes the tenant's marks and recomputes what they touch from the ledger, in one transaction. It replaces and never
 * adds, so running it twice, or dying half-way, changes nothing. Another reporting zone, or a release that brings other
 * roll-ups, has every day built anew, the newest first, some at a time; reports read slots and the ledger meanwhile.
 */
export async function rollUp(ctx: Ctx): Promise<RollUpResult> {
  const { id: tenantId, timeZone } = ctx.tenant;
  return ctx.db.rollup(async (db) => {
    // Another run is at it; what it leaves, the next minute takes.
    if (!(await queries.lockTenant(db, tenantId)))
      return { hours: 0, days: 0, more: false, isRecentDue: false };
    await beginCounting(db, tenantId, ctx.now);
    const hours = await queries.takeMarks(db, tenantId, hoursAtOnce);
    const ranges = gatherRuns(hours, isNextHour).map(({ first, last }) => ({
      from: first,
      to: new Date(last.getTime() + hourMs),
    }));
    await countReplaced(db, tenantId, ranges, async () => {
      for (const { from, to } of ranges) {
        await queries.replaceSlots(db, tenantId, from, to);
        await projectSlots(db, tenantId, from, to);
      }
    });
    const known = await queries.rollupState(db, tenantId);
    const isOther = known !== null && (known.timeZone !== timeZone || known.shape !== rollUpShape);
    const state = isOther ? await beginRebuild(db, ctx) : known;
    const touched = await queries.daysOf(db, timeZone, hours);
    // Days that wait to be built anew get what has changed in them then.
    const days = state?.rebuildTo ? touched.filter((day) => day >= (state.rebuildTo ?? "")) : touched;
    await replaceDays(db, ctx, days);
    const rebuilt = state?.rebuildTo ? await rebuildNextDays(db, ctx, state.rebuildTo) : null;
    const rebuildTo = rebuilt?.rebuildTo ?? null;
    const isBuilt = rebuildTo === null;
    const more = hours.length === hoursAtOnce || !isBuilt;
    const monthsTo = isBuilt ? await replaceMonths(db, ctx, days, state?.monthsTo ?? null) : null;
    const blocksTo = isBuilt ? await replaceWideBlocks(db, ctx, days, state?.blocksTo ?? null) : null;
    const recentTo = await dropChangedRecent(db, tenantId, days, state?.recentTo ?? null);
    await queries.saveState(db, tenantId, {
      timeZone,
      rolledAt: ctx.now,
      shape: rollUpShape,
      monthsTo,
      blocksTo,
      recentTo,
      rebuildTo,
    });
    return {
      hours: hours.length,
      days: days.length + (rebuilt?.days ?? 0),
      more,
      isRecentDue: !more && isRecentDue(ctx, { recentTo, recentAt: known?.recentAt ?? null }),
    };
  });
}
