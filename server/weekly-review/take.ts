import { firstCall } from "@/server/analytics/first-call-query";
import { atOneMoment } from "@/server/analytics/one-moment";
import type { LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { ReviewFigures } from "./schemas";
import { takeBudgets } from "./take-budgets";
import { takeCalls } from "./take-calls";
import { takeGaps } from "./take-gaps";
import { takeGrowth } from "./take-growth";
import { takeIncidents } from "./take-incidents";
import { takeSpend } from "./take-spend";
import { weekOf } from "./week";

/**
 * Every figure of a week's review, of one moment, each asked of the report that the screens ask.
 * @returns null when the tenant had no call before the week was over
 */
export function takeFigures(ctx: Ctx, first: LocalDay): Promise<ReviewFigures | null> {
  const week = weekOf(first, ctx.tenant.timeZone);
  return atOneMoment(ctx, async (then, db) => {
    const firstCallAt = await firstCall(db, ctx.tenant.id);
    if (!firstCallAt || firstCallAt >= week.to) return null;
    return {
      from: week.from.toISOString(),
      to: week.to.toISOString(),
      firstCallAt: firstCallAt.toISOString(),
      spend: await takeSpend(then, week),
      growth: await takeGrowth(then, week),
      calls: await takeCalls(then, week),
      incidents: await takeIncidents(then, week),
      budgets: await takeBudgets(then),
      gaps: await takeGaps(then, week),
    };
  });
}
