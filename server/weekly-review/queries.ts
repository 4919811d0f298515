import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { ReviewFigures, reviewShape, ReviewStep } from "./schemas";

const columns = Prisma.sql`r.week::text AS week, r.time_zone AS "timeZone", r.taken_at AS "takenAt", r.shape, r.figures,
  r.owner_id::text AS "ownerId", r.told_at AS "toldAt", r.done_at AS "doneAt", r.done_by AS "doneBy"`;

const Review = z.object({
  /** Its Monday, of the zone in `timeZone`. */
  week: z.string(),
  timeZone: z.string(),
  takenAt: z.date(),
  // Another shape needs a reader of its own.
  shape: z.literal(reviewShape),
  figures: ReviewFigures,
  ownerId: z.string().nullable(),
  toldAt: z.date().nullable(),
  doneAt: z.date().nullable(),
  doneBy: z.string().nullable(),
});
export type Review = z.infer<typeof Review>;

const Step = z.object({
  step: ReviewStep,
  note: z.string().nullable(),
  tickedAt: z.date(),
  tickedBy: z.string(),
});
export type TickedStep = z.infer<typeof Step>;

export async function findReview(db: Db, tenantId: string, week: string): Promise<Review | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM weekly_review r WHERE tenant_id = ${tenantId}::uuid AND week = ${week}::date`;
  return z.array(Review).parse(rows)[0] ?? null;
}

/** For a change of it or of its steps: nobody else changes either meanwhile. */
export async function lockReview(db: Db, tenantId: string, week: string): Promise<Review | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM weekly_review r WHERE tenant_id = ${tenantId}::uuid AND week = ${week}::date FOR UPDATE`;
  return z.array(Review).parse(rows)[0] ?? null;
}

const Listed = Review.extend({ ticked: z.int() });
/** With how many of its steps are ticked; the newest first. */
export async function listReviewRows(db: Db, tenantId: string, limit: number) {
  const rows = await db.$queryRaw`
    SELECT ${columns}, (SELECT count(*)::int FROM weekly_review_step s WHERE s.tenant_id = r.tenant_id AND s.week = r.week) AS ticked
    FROM weekly_review r WHERE tenant_id = ${tenantId}::uuid ORDER BY week DESC LIMIT ${limit}`;
  return z.array(Listed).parse(rows);
}

export interface NewReview {
  tenantId: string;
  week: string;
  timeZone: string;
  takenAt: Date;
  madeBy: string;
  shape: number;
  figures: ReviewFigures;
  ownerId: string | null;
}

/** @returns whether it is new: another worker may have made the week's already */
export async function insertReview(db: Db, review: NewReview): Promise<boolean> {
  const count = await db.$executeRaw`
    INSERT INTO weekly_review (tenant_id, week, time_zone, taken_at, made_by, shape, figures, owner_id)
    VALUES (${review.tenantId}::uuid, ${review.week}::date, ${review.timeZone}, ${review.takenAt}::timestamptz, ${review.madeBy},
      ${review.shape}, ${JSON.stringify(review.figures)}::jsonb, ${review.ownerId}::uuid)
    ON CONFLICT DO NOTHING`;
  return count > 0;
}

export async function noteTold(db: Db, tenantId: string, week: string, at: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE weekly_review SET told_at = ${at}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND week = ${week}::date AND told_at IS NULL`;
}

/** @param done null: it is open again */
export async function setDone(
  db: Db,
  tenantId: string,
  week: string,
  done: { at: Date; by: string } | null,
): Promise<void> {
  await db.$executeRaw`
    UPDATE weekly_review SET done_at = ${done?.at ?? null}::timestamptz, done_by = ${done?.by ?? null}
    WHERE tenant_id = ${tenantId}::uuid AND week = ${week}::date`;
}

export async function tickedSteps(db: Db, tenantId: string, week: string): Promise<TickedStep[]> {
  const rows = await db.$queryRaw`
    SELECT step, note, ticked_at AS "tickedAt", ticked_by AS "tickedBy" FROM weekly_review_step
    WHERE tenant_id = ${tenantId}::uuid AND week = ${week}::date ORDER BY ticked_at, step`;
  return z.array(Step).parse(rows);
}

export async function saveStep(db: Db, tenantId: string, week: string, step: TickedStep): Promise<void> {
  await db.$executeRaw`
    INSERT INTO weekly_review_step (tenant_id, week, step, note, ticked_at, ticked_by)
    VALUES (${tenantId}::uuid, ${week}::date, ${step.step}, ${step.note}, ${step.tickedAt}::timestamptz, ${step.tickedBy})
    ON CONFLICT (tenant_id, week, step)
    DO UPDATE SET note = excluded.note, ticked_at = excluded.ticked_at, ticked_by = excluded.ticked_by`;
}

export async function deleteStep(db: Db, tenantId: string, week: string, step: ReviewStep): Promise<void> {
  await db.$executeRaw`
    DELETE FROM weekly_review_step WHERE tenant_id = ${tenantId}::uuid AND week = ${week}::date AND step = ${step}`;
}
