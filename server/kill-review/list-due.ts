import { addDays, localDay } from "@/server/calendar/local-day";
import { addMonths, lastWholeMonth, thisMonth } from "@/server/calendar/month";
import { withJobs } from "@/server/db";
import * as queries from "./due-query";
import { isTimeToRemind } from "./reminder";

export interface DueTenant {
  tenantId: string;
  /** The same within a quarter of an hour, however often the calendar is looked at. */
  id: string;
}

const quarterMs = 15 * 60_000;

/**
 * Whose last month is not reviewed and told yet, and who may have to be reminded of a decision: each is tried anew each
 * quarter hour until it is done, so that one who was down on the first makes up for it, however late.
 */
export async function listDueTenants(now: Date): Promise<DueTenant[]> {
  const { zones, told, deciding } = await withJobs(async (db) => ({
    zones: await queries.zonesOfTenants(db),
    told: await queries.toldReviews(db, addMonths(thisMonth(now, "UTC"), -2)),
    // A day more, for zones that are ahead.
    deciding: await queries.tenantsWithDecisions(db, addDays(localDay(now, "UTC"), 8)),
  }));
  const isTold = new Set(told.map(({ tenantId, month }) => `${tenantId} ${month}`));
  const isDeciding = new Set(deciding);
  const slot = new Date(Math.floor(now.getTime() / quarterMs) * quarterMs).toISOString();
  return zones
    .filter(
      ({ tenantId, timeZone }) =>
        !isTold.has(`${tenantId} ${lastWholeMonth(now, timeZone)}`) ||
        (isDeciding.has(tenantId) && isTimeToRemind(now, timeZone)),
    )
    .map(({ tenantId }) => ({ tenantId, id: `kill-review:${tenantId}:${slot}` }));
}
