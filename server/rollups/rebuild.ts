import { addDays, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { deleteAllBlocks } from "./block-queries";
import { deleteAllMonths } from "./month-queries";
import { deleteAllProjections, projectSlotsOfDays } from "./projection-queries";
import { deleteAllPromptDays } from "./prompt-queries";
import * as queries from "./queries";
import { replaceDays } from "./replace-days";
import { deleteAllRetryDays } from "./retry-queries";
import { deleteAllRunDays } from "./run-queries";
import { rollUpShape } from "./shape";

/** Days of one transaction. */
const daysAtOnce = 31;

/** Forgets every day, block and month: they are of another zone, or were built by an earlier release. */
export async function beginRebuild(db: Db, ctx: Ctx): Promise<Omit<queries.RollUpState, "recentAt">> {
  const { id: tenantId, timeZone } = ctx.tenant;
  await queries.deleteAllDays(db, tenantId);
  await deleteAllProjections(db, tenantId);
  await deleteAllBlocks(db, tenantId);
  await deleteAllMonths(db, tenantId);
  await deleteAllRetryDays(db, tenantId);
  await deleteAllPromptDays(db, tenantId);
  await deleteAllRunDays(db, tenantId);
  const newest = await queries.newestSlot(db, tenantId, null);
  const rebuildTo = newest && addDays(localDay(newest, timeZone), 1);
  return {
    timeZone,
    rolledAt: ctx.now,
    shape: rollUpShape,
    monthsTo: null,
    blocksTo: null,
    recentTo: null,
    rebuildTo,
  };
}

/**
 * Builds the newest days before `rebuildTo`.
 * @returns the day before which days still wait; null: all are built
 */
export async function rebuildNextDays(
  db: Db,
  ctx: Ctx,
  rebuildTo: LocalDay,
): Promise<{ rebuildTo: LocalDay | null; days: number }> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const newest = await queries.newestSlot(db, tenantId, startOfDay(rebuildTo, timeZone));
  if (!newest) return { rebuildTo: null, days: 0 };
  const last = localDay(newest, timeZone);
  const first = addDays(last, 1 - daysAtOnce);
  const end = startOfDay(addDays(last, 1), timeZone);
  const days = await queries.daysWithSlots(db, tenantId, timeZone, startOfDay(first, timeZone), end);
  await projectSlotsOfDays(db, tenantId, timeZone, { first, last });
  await replaceDays(db, ctx, days);
  return { rebuildTo: first, days: days.length };
}
