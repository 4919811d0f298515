import type { Ctx } from "@/server/context";
import * as queries from "./queries";

/** Hours of one transaction: bounds its length after an import; the newest go first, since people look there. */
const hoursAtOnce = 240;

export interface RollUpResult {
  hours: number;
  days: number;
  /** More hours wait. */
  more: boolean;
}

/**
 * Takes the tenant's marks and recomputes what they touch from the ledger, in one transaction. It replaces and never
 * adds, so running it twice, or dying half-way, changes nothing. A changed reporting zone rebuilds every day.
 */
export async function rollUp(ctx: Ctx): Promise<RollUpResult> {
  const { id: tenantId, timeZone } = ctx.tenant;
  return ctx.db.rollup(async (db) => {
    // Another run is at it; what it leaves, the next minute takes.
    if (!(await queries.lockTenant(db, tenantId))) return { hours: 0, days: 0, more: false };
    const hours = await queries.takeMarks(db, tenantId, hoursAtOnce);
    if (hours.length > 0) await queries.replaceSlots(db, tenantId, hours);
    const known = await queries.daysTimeZone(db, tenantId);
    const moved = known !== null && known !== timeZone;
    if (moved) await queries.deleteAllDays(db, tenantId);
    const days = moved
      ? await queries.allDays(db, tenantId, timeZone)
      : await queries.daysOf(db, timeZone, hours);
    if (days.length > 0) {
      await queries.replaceDays(db, tenantId, timeZone, days);
      await queries.replaceUserDays(db, tenantId, timeZone, days);
    }
    await queries.saveState(db, tenantId, timeZone, ctx.now);
    return { hours: hours.length, days: days.length, more: hours.length === hoursAtOnce };
  });
}
