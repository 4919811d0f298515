import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { enqueueReport } from "@/server/delivery/enqueue-report";
import { senderOf } from "@/server/delivery/sender";
import { DomainError } from "@/server/errors";
import { reviewMessage } from "./message";
import { reviewOwners } from "./owner-queries";
import { findReview, insertReview, noteTold, type Review } from "./queries";
import { reviewShape } from "./schemas";
import { takeFigures } from "./take";
import { lastWholeWeek } from "./week";

export interface MadeReview {
  /** Its Monday. */
  week: string;
  /** False: it was there already, and stays as it is. */
  made: boolean;
  /** How many destinations it was given to now. */
  destinations: number;
}

/** Of two workers at once one freezes its figures, and both go on with those. */
async function freeze(ctx: Ctx, week: string): Promise<boolean> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const figures = await takeFigures(ctx, week);
  if (!figures)
    throw new DomainError("CONFLICT", "There is nothing to review: last week there was no call yet.");
  return ctx.db.write(async (db) => {
    const { chosenId, usualId } = await reviewOwners(db, tenantId);
    const ownerId = chosenId ?? usualId;
    const made = await insertReview(db, {
      tenantId,
      week,
      timeZone,
      takenAt: ctx.now,
      madeBy: actorId(ctx.actor),
      shape: reviewShape,
      figures,
      ownerId,
    });
    if (made) await recordAudit(db, ctx, { action: "review.made", subject: week, after: { ownerId } });
    return made;
  });
}

async function tell(ctx: Ctx, review: Review): Promise<number> {
  if (review.toldAt) return 0;
  const message = reviewMessage(review, senderOf(ctx));
  // By its key it is written down once, should this be interrupted before it is noted.
  const { destinations } = await enqueueReport(ctx, { key: `review:${review.week}`, message });
  await ctx.db.write((db) => noteTold(db, ctx.tenant.id, review.week, ctx.now));
  return destinations;
}

/**
 * Makes the review of the last whole week, once: its figures are frozen, and whoever takes reports is told.
 * @throws DomainError CONFLICT where there was no call yet by the end of that week
 */
export async function makeReview(ctx: Ctx): Promise<MadeReview> {
  requireRight(ctx.actor, "reviews:manage");
  const { id: tenantId, timeZone } = ctx.tenant;
  const week = lastWholeWeek(ctx.now, timeZone);
  const find = () => ctx.db.write((db) => findReview(db, tenantId, week));
  const known = await find();
  const made = known ? false : await freeze(ctx, week);
  const review = known ?? (await find());
  if (!review) throw new DomainError("INTERNAL", "The review that was just made is not there.");
  return { week, made, destinations: await tell(ctx, review) };
}
