import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { Baseline, suggestions } from "./schemas";

const columns = Prisma.sql`d.feature, d.version, d.month::text AS month, d.decision, d.reason, d.owner_id::text AS "ownerId",
  d.due_on::text AS "dueOn", d.merge_into AS "mergeInto", d.baseline, d.decided_at AS "decidedAt", d.decided_by AS "decidedBy"`;

/** One version of what was decided about a feature. */
export const Decision = z.object({
  feature: z.string(),
  version: z.int(),
  /** The first of the reviewed month on whose review it was decided. */
  month: z.string(),
  decision: z.enum([...suggestions, "withdrawn"]),
  reason: z.string(),
  ownerId: z.string().nullable(),
  dueOn: z.string().nullable(),
  mergeInto: z.string().nullable(),
  baseline: Baseline.nullable(),
  decidedAt: z.date(),
  decidedBy: z.string(),
});
export type Decision = z.infer<typeof Decision>;

/** Decisions about features go one after the other, so that each knows what was decided before. */
export async function lockDecisions(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`kill-decisions:${tenantId}`}, 0))`;
}

/** What holds: the newest version for each feature, the withdrawn ones too. */
export async function newestDecisions(db: Db, tenantId: string): Promise<Decision[]> {
  const rows = await db.$queryRaw`
    SELECT DISTINCT ON (d.feature) ${columns} FROM kill_decision d WHERE d.tenant_id = ${tenantId}::uuid
    ORDER BY d.feature, d.version DESC`;
  return z.array(Decision).parse(rows);
}

/** Every version, the newest first. */
export async function decisionsAbout(db: Db, tenantId: string, feature: string): Promise<Decision[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM kill_decision d WHERE d.tenant_id = ${tenantId}::uuid AND d.feature = ${feature}
    ORDER BY d.version DESC`;
  return z.array(Decision).parse(rows);
}

export async function insertDecision(db: Db, tenantId: string, decision: Decision): Promise<void> {
  await db.$executeRaw`
    INSERT INTO kill_decision (tenant_id, feature, version, month, decision, reason, owner_id, due_on, merge_into, baseline,
      decided_at, decided_by)
    VALUES (${tenantId}::uuid, ${decision.feature}, ${decision.version}, ${decision.month}::date, ${decision.decision},
      ${decision.reason}, ${decision.ownerId}::uuid, ${decision.dueOn}::date, ${decision.mergeInto},
      ${decision.baseline && JSON.stringify(decision.baseline)}::jsonb, ${decision.decidedAt}::timestamptz, ${decision.decidedBy})`;
}

/** @returns whether it is new: it may have been said already */
export async function noteReminder(
  db: Db,
  reminder: { tenantId: string; feature: string; version: number; kind: string; at: Date },
): Promise<boolean> {
  const count = await db.$executeRaw`
    INSERT INTO kill_reminder (tenant_id, feature, version, kind, told_at)
    VALUES (${reminder.tenantId}::uuid, ${reminder.feature}, ${reminder.version}, ${reminder.kind}, ${reminder.at}::timestamptz)
    ON CONFLICT DO NOTHING`;
  return count > 0;
}

const Reminded = z.object({ feature: z.string(), version: z.int(), kind: z.string() });

/** What was said of due dates so far. */
export async function remindersTold(db: Db, tenantId: string): Promise<z.infer<typeof Reminded>[]> {
  const rows = await db.$queryRaw`
    SELECT feature, version, kind FROM kill_reminder WHERE tenant_id = ${tenantId}::uuid`;
  return z.array(Reminded).parse(rows);
}
