import { requireRight } from "@/server/auth/permissions";
import { lastWholeMonth, thisMonth } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import { listReviewRows } from "./queries";
import { sumSavings } from "./saving";

/** Five years. */
const mostListed = 60;

/** The reviews so far, the newest first; what decisions have saved by them; and which month could be reviewed now. */
export async function listKillReviews(ctx: Ctx) {
  requireRight(ctx.actor, "reviews:read");
  const { id: tenantId, timeZone } = ctx.tenant;
  const rows = await ctx.db.read((db) => listReviewRows(db, tenantId, mostListed));
  const savings = rows.flatMap(({ figures }) => figures.decisions.flatMap((decision) => decision.savings));
  const firsts = savings.map(({ first }) => first).toSorted();
  return {
    reviews: rows.map(({ month, takenAt, figures }) => ({
      month,
      takenAt,
      costUsd: figures.costUsd,
      unpricedCalls: figures.unpricedCalls,
      bottom: figures.bottom,
      saved: sumSavings(figures.decisions.flatMap((decision) => decision.savings)),
      measured: figures.decisions.filter((decision) => decision.savings.length > 0).length,
    })),
    /** Over all reviews; `since` is the first day that was measured. Null: nothing was yet. */
    saved: firsts[0] === undefined ? null : { since: firsts[0], ...sumSavings(savings) },
    lastMonth: lastWholeMonth(ctx.now, timeZone),
    thisMonth: thisMonth(ctx.now, timeZone),
    timeZone,
  };
}
