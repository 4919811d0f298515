import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { reviewOwners } from "./owner-queries";
import { listReviewRows } from "./queries";
import { reviewSteps } from "./schemas";
import { lastWholeWeek } from "./week";

/** Two years. */
const mostListed = 104;

/** The reviews so far, the newest first; who will walk through the next ones; and which week could be made now. */
export async function listReviews(ctx: Ctx) {
  requireRight(ctx.actor, "reviews:read");
  const { id: tenantId, timeZone } = ctx.tenant;
  return ctx.db.read(async (db) => {
    const rows = await listReviewRows(db, tenantId, mostListed);
    const { chosenId, usualId } = await reviewOwners(db, tenantId);
    return {
      reviews: rows.map(({ week, takenAt, figures, ownerId, doneAt, doneBy, ticked }) => ({
        week,
        takenAt,
        ownerId,
        doneAt,
        doneBy,
        ticked,
        steps: reviewSteps.length,
        costUsd: figures.spend.costUsd,
        unpricedCalls: figures.spend.unpricedCalls,
        previousUsd: figures.spend.previous?.costUsd ?? null,
        forecast: figures.spend.forecast,
        incidentsOpened: figures.incidents.opened,
      })),
      /** `isChosen`: not simply the tenant's owner. */
      owner: { personId: chosenId ?? usualId, isChosen: chosenId !== null },
      lastWeek: lastWholeWeek(ctx.now, timeZone),
      timeZone,
    };
  });
}
