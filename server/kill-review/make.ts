import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import { lastWholeMonth } from "@/server/calendar/month";
import type { Ctx } from "@/server/context";
import { enqueueReport } from "@/server/delivery/enqueue-report";
import { senderOf } from "@/server/delivery/sender";
import { DomainError } from "@/server/errors";
import { reviewMessage } from "./message";
import { findReview, insertReview, type KillReview, noteTold, reviewItems } from "./queries";
import { takeReview, type Unsettled } from "./take";

export interface MadeKillReview {
  /** The first of its month. */
  month: string;
  /** False: it was there already, and stays as it is. */
  made: boolean;
  /** How many destinations it was given to now. */
  destinations: number;
}

const sentences = {
  not_over: "The month is not over yet.",
  not_final: "The month's figures are not final yet: calls may still arrive. Try again in an hour.",
  not_counted: "The month's calls and events are still being counted. Try again in a few minutes.",
} as const satisfies Record<Unsettled, string>;

/** Of two workers at once one freezes its figures, and both go on with those. */
async function freeze(ctx: Ctx, month: string): Promise<boolean> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const taken = await takeReview(ctx, month, { isFinal: true });
  if (taken === null)
    throw new DomainError(
      "NOT_FOUND",
      "There is nothing to review: nothing was seen before that month was over.",
    );
  if (typeof taken === "string") throw new DomainError("CONFLICT", sentences[taken]);
  return ctx.db.write(async (db) => {
    const made = await insertReview(db, {
      tenantId,
      month,
      timeZone,
      takenAt: ctx.now,
      madeBy: actorId(ctx.actor),
      ...taken,
    });
    if (made)
      await recordAudit(db, ctx, {
        action: "kill-review.made",
        subject: month,
        after: { features: taken.items.length, bottom: taken.figures.bottom.features },
      });
    return made;
  });
}

async function tell(ctx: Ctx, review: KillReview): Promise<number> {
  if (review.toldAt) return 0;
  const items = await ctx.db.write((db) => reviewItems(db, ctx.tenant.id, review.month));
  const message = reviewMessage({ ...review, items }, senderOf(ctx));
  // By its key it is written down once, should this be interrupted before it is noted.
  const { destinations } = await enqueueReport(ctx, { key: `kill-review:${review.month}`, message });
  await ctx.db.write((db) => noteTold(db, ctx.tenant.id, review.month, ctx.now));
  return destinations;
}

/**
 * Makes the kill review of the last whole month, once: figures and evidence are frozen, and whoever takes reports is told.
 * @throws DomainError CONFLICT while its figures are not final, NOT_FOUND where nothing was seen by the end of that month
 */
export async function makeKillReview(ctx: Ctx): Promise<MadeKillReview> {
  requireRight(ctx.actor, "reviews:manage");
  const { id: tenantId, timeZone } = ctx.tenant;
  const month = lastWholeMonth(ctx.now, timeZone);
  const find = () => ctx.db.write((db) => findReview(db, tenantId, month));
  const known = await find();
  const made = known ? false : await freeze(ctx, month);
  const review = known ?? (await find());
  if (!review) throw new DomainError("INTERNAL", "The review that was just made is not there.");
  return { month, made, destinations: await tell(ctx, review) };
}
