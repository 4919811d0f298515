import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { rollUpShape } from "@/server/rollups/shape";
import { replaceCohorts, settleLast } from "./cohorts-query";
import { replaceFeaturePeriod } from "./feature-periods-query";
import { replaceLifetimes } from "./lifetime-query";
import { activityShape, activityState, saveState } from "./state-query";
import { replaceUserPeriod } from "./user-periods-query";
import * as work from "./work-query";

/** What one transaction takes on: bounds its length when years are told anew. */
const atOnce = { periods: 4, users: 100_000, cohorts: 60 };

export interface RefreshResult {
  /** Weeks and months counted anew. */
  periods: number;
  more: boolean;
}

/**
 * Takes the tenant's marked days and tells the activity of their weeks and months anew, from the roll-ups of users and from
 * usage events: first users and features, then the lifetimes of users who are other than before, then cohorts. It replaces
 * and never adds: run twice, or killed half-way, it changes nothing. While the roll-ups are built for another zone it waits.
 */
export async function refreshActivity(ctx: Ctx): Promise<RefreshResult> {
  const { id: tenantId, timeZone } = ctx.tenant;
  return ctx.db.rollup(async (db) => {
    const nothing = { periods: 0, more: false };
    // Another refresh is at it; what it leaves, the next takes.
    if (!(await work.lockActivity(db, tenantId))) return nothing;
    if (!(await isRolledUp(db, ctx))) return nothing;
    const known = await activityState(db, tenantId);
    const isAnew = known?.timeZone !== timeZone || known.shape !== activityShape;
    if (isAnew) await work.awaitEverything(db, tenantId, timeZone);
    await work.takeMarks(db, tenantId);
    const periods = await work.nextPeriods(db, tenantId, "users", atOnce.periods);
    for (const period of periods) {
      await replaceUserPeriod(db, tenantId, timeZone, period);
      await replaceFeaturePeriod(db, tenantId, timeZone, period);
      await work.awaitCohorts(db, tenantId, period);
      await work.done(db, tenantId, "users", period);
    }
    await saveState(db, tenantId, { timeZone, shape: activityShape, refreshedAt: ctx.now });
    const more = periods.length === atOnce.periods || !(await refreshCohorts(db, tenantId));
    return { periods: periods.length, more };
  });
}

/** Half-built days would say that people left. */
async function isRolledUp(db: Db, { tenant }: Ctx): Promise<boolean> {
  const { timeZone, shape, rebuildTo } = await stateAndMarks(db, tenant.id);
  if (timeZone === null) return true;
  return timeZone === tenant.timeZone && shape === rollUpShape && rebuildTo === null;
}

/** Only once no period waits for its users: cohorts are told by the whole past. @returns whether that was all */
async function refreshCohorts(db: Db, tenantId: string): Promise<boolean> {
  if ((await replaceLifetimes(db, tenantId, atOnce.users)) === atOnce.users) return false;
  const periods = await work.nextPeriods(db, tenantId, "cohorts", atOnce.cohorts);
  for (const period of periods) {
    await replaceCohorts(db, tenantId, period);
    await work.done(db, tenantId, "cohorts", period);
  }
  if (periods.length === atOnce.cohorts) return false;
  await settleLast(db, tenantId);
  return true;
}

/** Until nothing waits: for seeds, imports and tests. @returns how many weeks and months were counted anew */
export async function refreshAll(ctx: Ctx): Promise<number> {
  let periods = 0;
  for (let more = true; more;) {
    const result = await refreshActivity(ctx);
    periods += result.periods;
    more = result.more;
  }
  return periods;
}
