import type { z } from "zod";
import { nextPeriod, periodOf, periodsBetween } from "@/server/activity/periods";
import type { Grain } from "@/server/activity/schemas";
import { requireRight } from "@/server/auth/permissions";
import { addDays, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import { retentionSettings } from "@/server/retention/settings";
import { stateBounds } from "@/server/retention/state";
import { readFreshness } from "../freshness";
import { resolveRange } from "../range";
import { agesOf, cohortsOf } from "./cohorts";
import { awaitedUsers, countedAt, countedCells, oldestCohort } from "./retention-query";
import { RetentionInput } from "./retention-schemas";

const usualPeriods = 12;

function usualFirst(running: LocalDay, grain: Grain): LocalDay {
  if (grain === "week") return addDays(running, -7 * (usualPeriods - 1));
  let first = running;
  for (let back = 1; back < usualPeriods; back += 1) first = periodOf(addDays(first, -1), grain);
  return first;
}

/**
 * Cohorts by the week or month in which users were first there: how many are there so many periods later, what they cost
 * then, and what those had cost who left by then. Of fewer users than the tenant's minimum nothing is claimed. Told by what
 * was counted last: `provisionalFrom` on, days wait to be counted anew.
 * @throws DomainError INVALID_INPUT for an impossible range, or one of more than 800 days
 */
export async function retention(ctx: Ctx, input: z.input<typeof RetentionInput>) {
  requireRight(ctx.actor, "reports:read");
  const { grain, from, to } = RetentionInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  const today = localDay(ctx.now, timeZone);
  const running = periodOf(today, grain);
  const end = to ?? addDays(today, 1);
  const range = resolveRange(from ?? usualFirst(periodOf(addDays(end, -1), grain), grain), end, timeZone);
  const first = periodOf(localDay(range.from, timeZone), grain);
  const asked = periodOf(addDays(end, -1), grain);
  const last = asked < running ? asked : running;
  return ctx.db.read(async (db) => {
    const { watermark } = await readFreshness(db, ctx);
    const told = await countedAt(db, tenantId);
    const settings = await retentionSettings(db, tenantId);
    const { minUsers, churnDays } = settings;
    const counted = await countedCells(db, { tenantId, grain, first, last });
    const bounds = stateBounds(today, settings);
    const awaited = await awaitedUsers(db, { tenantId, grain, from: bounds.atRisk, to: running });
    const cohorts = cohortsOf({ grain, last, running, minUsers }, counted, awaited);
    return {
      grain,
      /** First days of the first and of the last period. */
      first,
      last,
      periods: Math.max(0, periodsBetween(first, last, grain) + 1),
      cohorts,
      /** First day of the first cohort ever: its users may have come before anything was told of them. */
      oldest: await oldestCohort(db, tenantId, grain),
      ages: agesOf(cohorts, minUsers),
      minUsers,
      churnDays,
      /** An instant; null: nothing was counted yet. */
      refreshedAt: told.refreshedAt?.toISOString() ?? null,
      provisionalFrom: told.timeZone === null || told.timeZone === timeZone ? told.waitsFrom : first,
      watermark,
      timeZone,
      from: startOfDay(first, timeZone).toISOString(),
      to: startOfDay(nextPeriod(last, grain), timeZone).toISOString(),
    };
  });
}
