import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { KillFigures, KillItem, killReviewShape } from "./schemas";

const columns = Prisma.sql`r.month::text AS month, r.time_zone AS "timeZone", r.taken_at AS "takenAt", r.shape, r.figures,
  r.told_at AS "toldAt"`;

const KillReview = z.object({
  /** The first of its month, of the zone in `timeZone`. */
  month: z.string(),
  timeZone: z.string(),
  takenAt: z.date(),
  // Another shape needs a reader of its own.
  shape: z.literal(killReviewShape),
  figures: KillFigures,
  toldAt: z.date().nullable(),
});
export type KillReview = z.infer<typeof KillReview>;

/** The newest first. */
export async function listReviewRows(db: Db, tenantId: string, limit: number): Promise<KillReview[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM kill_review r WHERE tenant_id = ${tenantId}::uuid ORDER BY month DESC LIMIT ${limit}`;
  return z.array(KillReview).parse(rows);
}

export async function findReview(db: Db, tenantId: string, month: string): Promise<KillReview | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM kill_review r WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date`;
  return z.array(KillReview).parse(rows)[0] ?? null;
}

/** The features of a review, the least used first. */
export async function reviewItems(db: Db, tenantId: string, month: string): Promise<KillItem[]> {
  const rows = await db.$queryRaw`
    SELECT feature, place, is_bottom AS "isBottom", guard, suggestion, evidence FROM kill_review_item
    WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date ORDER BY place, feature`;
  return z.array(KillItem).parse(rows);
}

export interface NewKillReview {
  tenantId: string;
  month: string;
  timeZone: string;
  takenAt: Date;
  madeBy: string;
  figures: KillFigures;
  items: readonly KillItem[];
}

/** @returns whether it is new: another worker may have made the month's already */
export async function insertReview(db: Db, review: NewKillReview): Promise<boolean> {
  const count = await db.$executeRaw`
    INSERT INTO kill_review (tenant_id, month, time_zone, taken_at, made_by, shape, figures)
    VALUES (${review.tenantId}::uuid, ${review.month}::date, ${review.timeZone}, ${review.takenAt}::timestamptz, ${review.madeBy},
      ${killReviewShape}, ${JSON.stringify(review.figures)}::jsonb)
    ON CONFLICT DO NOTHING`;
  if (count === 0) return false;
  await db.$executeRaw`
    INSERT INTO kill_review_item (tenant_id, month, feature, place, is_bottom, guard, suggestion, evidence)
    SELECT ${review.tenantId}::uuid, ${review.month}::date, i.feature, i.place, i."isBottom", i.guard, i.suggestion, i.evidence
    FROM jsonb_to_recordset(${JSON.stringify(review.items)}::jsonb)
      AS i (feature text, place integer, "isBottom" boolean, guard text, suggestion text, evidence jsonb)`;
  return true;
}

export async function noteTold(db: Db, tenantId: string, month: string, at: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE kill_review SET told_at = ${at}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND month = ${month}::date AND told_at IS NULL`;
}
