import { markDays } from "@/server/activity/marks-query";
import { addDays, type LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { replaceBlocks } from "./block-queries";
import { projectDays } from "./projection-queries";
import { replacePromptDays } from "./prompt-queries";
import * as queries from "./queries";
import { replaceRetryDays } from "./retry-queries";
import { replaceRunDays } from "./run-queries";
import { gatherRuns } from "./runs";

const isNextDay = (last: LocalDay, next: LocalDay) => next === addDays(last, 1);

/** Days from their slots and the ledger, and what is made of them; who was there in them is told anew soon after. */
export async function replaceDays(db: Db, ctx: Ctx, days: readonly LocalDay[]): Promise<void> {
  const { id: tenantId, timeZone } = ctx.tenant;
  for (const run of gatherRuns(days, isNextDay)) {
    await queries.replaceDays(db, tenantId, timeZone, run);
    await queries.replaceUserDays(db, tenantId, timeZone, run);
    await replaceBlocks(db, tenantId, run);
    await projectDays(db, tenantId, run);
    await replaceRetryDays(db, tenantId, timeZone, run);
    await replacePromptDays(db, tenantId, run);
    await replaceRunDays(db, tenantId, timeZone, run);
    await markDays(db, tenantId, run);
  }
}
