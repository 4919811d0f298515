import { localDay, type LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import * as queries from "./queries";
import { areRecent, recentStretches } from "./recent-days";
import { forgetRecent, noteRecentBegun, saveRecent, sumStretch } from "./recent-queries";
import { rollUpShape } from "./shape";

const hourMs = 3_600_000;
const hourOf = (instant: Date) => Math.floor(instant.getTime() / hourMs);

/**
 * Of days that have changed, forgets the sums of recent days that they are in: reports read days and blocks until those are
 * summed again.
 * @returns as of which day's beginning recent days are summed; null: they are not
 */
export async function dropChangedRecent(
  db: Db,
  tenantId: string,
  days: readonly LocalDay[],
  recentTo: LocalDay | null,
): Promise<LocalDay | null> {
  if (recentTo === null || !areRecent(days, recentTo)) return recentTo;
  await forgetRecent(db, tenantId);
  return null;
}

/** Whether recent days are to be summed: once a day, and again when calls came late, but at most once an hour. */
export function isRecentDue(
  { now, tenant }: Ctx,
  { recentTo, recentAt }: Pick<queries.RollUpState, "recentTo" | "recentAt">,
): boolean {
  // A clock that was set back is no reason to sum them anew.
  if (recentTo !== null && recentTo >= localDay(now, tenant.timeZone)) return false;
  return recentAt === null || hourOf(recentAt) !== hourOf(now);
}

/**
 * Sums the people of recent days as of the day that it is for the tenant. It replaces and never adds; while another roll-up
 * is at it, or days are being built anew, it leaves everything as it is.
 */
export async function sumRecentDays(ctx: Ctx): Promise<void> {
  const { id: tenantId, timeZone } = ctx.tenant;
  // By itself, so that one that dies is not begun again each minute.
  await ctx.db.rollup((db) => noteRecentBegun(db, tenantId, ctx.now));
  await ctx.db.rollup(async (db) => {
    if (!(await queries.lockTenant(db, tenantId))) return;
    const state = await queries.rollupState(db, tenantId);
    const isBuilt = state?.timeZone === timeZone && state.shape === rollUpShape && state.rebuildTo === null;
    if (!isBuilt) return;
    const today = localDay(ctx.now, timeZone);
    await forgetRecent(db, tenantId);
    for (const stretch of recentStretches(today)) await sumStretch(db, tenantId, stretch, state.blocksTo);
    await saveRecent(db, tenantId, today);
  });
}
