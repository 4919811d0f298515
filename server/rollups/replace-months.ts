import type { LocalDay } from "@/server/calendar/local-day";
import { firstOfMonth, thisMonth } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { monthsWithDays, replaceMonth } from "./month-queries";

/**
 * Sums months that are over and not summed yet, and again those of which a day has changed. The running month is read by
 * days: summing it anew each minute would cost more than it saves.
 * @returns the new `monthsTo`
 */
export async function replaceMonths(
  db: Db,
  ctx: Ctx,
  days: readonly LocalDay[],
  monthsTo: LocalDay | null,
): Promise<LocalDay> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const running = thisMonth(ctx.now, timeZone);
  const changed = monthsTo === null ? [] : days.map(firstOfMonth).filter((month) => month < monthsTo);
  const ended = monthsTo === running ? [] : await monthsWithDays(db, tenantId, monthsTo, running);
  for (const month of new Set([...changed, ...ended])) await replaceMonth(db, tenantId, month);
  // A clock that was set back must not unmake months.
  return monthsTo !== null && monthsTo > running ? monthsTo : running;
}
