import { addDays, type LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import * as queries from "./queries";
import { gatherRuns } from "./runs";

/** Hours of one transaction: bounds its length after an import; the newest go first, since people look there. */
const hoursAtOnce = 240;

const hourMs = 3_600_000;
const isNextHour = (last: Date, next: Date) => next.getTime() === last.getTime() + hourMs;
const isNextDay = (last: LocalDay, next: LocalDay) => next === addDays(last, 1);

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
    for (const { first, last } of gatherRuns(hours, isNextHour)) {
      await queries.replaceSlots(db, tenantId, first, new Date(last.getTime() + hourMs));
    }
    const known = await queries.daysTimeZone(db, tenantId);
    const moved = known !== null && known !== timeZone;
    if (moved) await queries.deleteAllDays(db, tenantId);
    const days = moved
      ? await queries.allDays(db, tenantId, timeZone)
      : await queries.daysOf(db, timeZone, hours);
    for (const run of gatherRuns(days, isNextDay)) {
      await queries.replaceDays(db, tenantId, timeZone, run);
      await queries.replaceUserDays(db, tenantId, timeZone, run);
    }
    await queries.saveState(db, tenantId, timeZone, ctx.now);
    return { hours: hours.length, days: days.length, more: hours.length === hoursAtOnce };
  });
}
