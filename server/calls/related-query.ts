import { z } from "zod";
import type { Db } from "@/server/db";
import { priceStatuses } from "./schemas";

const text = z.string().nullable();
const instant = z.date().transform((date) => date.toISOString());

const LinkedReport = z.object({
  id: z.string(),
  source: z.string(),
  receivedAt: instant,
  reason: z.enum(["response", "aggregate"]),
  costUsd: text,
  countedUntil: instant.nullable(),
});
export type LinkedReport = z.infer<typeof LinkedReport>;

const Share = z.object({
  id: z.string(),
  weight: z.string(),
  userId: text,
  accountId: text,
  feature: text,
  team: text,
  costUsd: text,
});
export type ShareRow = z.infer<typeof Share>;

const EarlierState = z.object({
  supersededAt: instant,
  cause: z.enum(["repricing", "attribution", "trace", "erasure"]),
  costUsd: text,
  priceStatus: z.enum(priceStatuses),
  userId: text,
  accountId: text,
  feature: text,
  team: text,
  environment: text,
  promptId: text,
  promptVersion: text,
});
export type EarlierState = z.infer<typeof EarlierState>;

const Correction = z.object({
  bookedAt: instant,
  costUsd: z.string(),
  deltaUsd: z.string(),
  runId: z.string(),
});
export type CallCorrection = z.infer<typeof Correction>;

/** Reports that are linked to this call and in no sum. */
export async function linkedReports(db: Db, tenantId: string, callId: string): Promise<LinkedReport[]> {
  const rows = await db.$queryRaw`
    SELECT call_id AS id, source, received_at AS "receivedAt", reason, trim_scale(cost_usd)::text AS "costUsd", counted_until AS "countedUntil"
    FROM call_linked WHERE tenant_id = ${tenantId}::uuid AND counted_id = ${callId} ORDER BY received_at, call_id LIMIT 100`;
  return z.array(LinkedReport).parse(rows);
}

/** The call that counts instead of this report; null if it is none. */
export async function countedInstead(db: Db, tenantId: string, callId: string): Promise<string | null> {
  const row = await db.callLinked.findUnique({
    where: { tenantId_callId: { tenantId, callId } },
    select: { countedId: true },
  });
  return row?.countedId ?? null;
}

/** Every share of the call, in their order. */
export async function sharesOf(
  db: Db,
  tenantId: string,
  whole: string,
  occurredAt: Date,
): Promise<ShareRow[]> {
  const rows = await db.$queryRaw`
    SELECT call_id AS id, trim_scale(share_weight)::text AS weight, user_id AS "userId", account_id AS "accountId", feature, team,
      trim_scale(cost_usd)::text AS "costUsd"
    FROM call WHERE tenant_id = ${tenantId}::uuid AND occurred_at = ${occurredAt}::timestamptz AND share_of = ${whole} ORDER BY share_no`;
  return z.array(Share).parse(rows);
}

/** What the call was before, the newest change first. */
export async function earlierStates(
  db: Db,
  tenantId: string,
  callId: string,
  occurredAt: Date,
): Promise<EarlierState[]> {
  const rows = await db.$queryRaw`
    SELECT superseded_at AS "supersededAt", cause, trim_scale(cost_usd)::text AS "costUsd", price_status AS "priceStatus", user_id AS "userId",
      account_id AS "accountId", feature, team, environment, prompt_id AS "promptId", prompt_version AS "promptVersion"
    FROM call_history WHERE tenant_id = ${tenantId}::uuid AND occurred_at = ${occurredAt}::timestamptz AND call_id = ${callId}
    ORDER BY n DESC LIMIT 100`;
  return z.array(EarlierState).parse(rows);
}

/** What a closed month's call was corrected by, in months still open; the newest first. */
export async function correctionsOf(
  db: Db,
  tenantId: string,
  callId: string,
  occurredAt: Date,
): Promise<CallCorrection[]> {
  const rows = await db.$queryRaw`
    SELECT booked_at AS "bookedAt", trim_scale(cost_usd)::text AS "costUsd", trim_scale(delta_usd)::text AS "deltaUsd", run_id AS "runId"
    FROM call_correction WHERE tenant_id = ${tenantId}::uuid AND occurred_at = ${occurredAt}::timestamptz AND call_id = ${callId}
    ORDER BY booked_at DESC LIMIT 100`;
  return z.array(Correction).parse(rows);
}
