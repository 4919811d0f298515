import type { Db } from "@/server/db";
import { exportColumns, type ExportRow, exportRows } from "./export-row-query";
import type { Settlement } from "./settle-try";

export interface Claimed extends ExportRow {
  /** As it was before this try. */
  unsureBefore: Date | null;
}

/**
 * Takes the next row that may be sent, before it is sent: from here on its outcome is unknown until somebody says. Of an
 * hour's revisions the first that is open goes first.
 * @param since a try whose outcome nobody knew before then is not repeated
 */
export async function claimNextExport(
  db: Db,
  tenantId: string,
  connectionId: string,
  { now, until, since }: { now: Date; until: Date; since: Date },
): Promise<Claimed | null> {
  const found = exportRows(
    await db.$queryRaw`
    SELECT ${exportColumns} FROM billing_export e
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${connectionId}::uuid AND state IN ('pending', 'unknown')
      AND not_before <= ${now}::timestamptz AND (claimed_until IS NULL OR claimed_until < ${now}::timestamptz)
      AND (unsure_since IS NULL OR unsure_since > ${since}::timestamptz)
      AND NOT EXISTS (SELECT FROM billing_export b WHERE b.tenant_id = e.tenant_id AND b.meter_id = e.meter_id
        AND b.account_id = e.account_id AND b.window_start = e.window_start AND b.revision < e.revision
        AND b.state IN ('pending', 'unknown'))
    ORDER BY window_start, revision, id LIMIT 1 FOR UPDATE SKIP LOCKED`,
  );
  const [row] = found;
  if (!row) return null;
  await db.$executeRaw`
    UPDATE billing_export SET state = 'unknown', attempts = attempts + 1, tried_at = ${now}::timestamptz,
      claimed_until = ${until}::timestamptz, unsure_since = coalesce(unsure_since, ${now}::timestamptz)
    WHERE tenant_id = ${tenantId}::uuid AND id = ${row.id}::uuid`;
  return { ...row, attempts: row.attempts + 1, triedAt: now, unsureBefore: row.unsureSince };
}

/** Of the try that is meant and no later one: whoever was thought dead changes nothing. */
export async function settleExport(
  db: Db,
  tenantId: string,
  { id, attempts }: { id: string; attempts: number },
  to: Settlement,
  now: Date,
): Promise<void> {
  await db.billingExport.updateMany({
    where: { tenantId, id, attempts, state: "unknown" },
    data: {
      state: to.state,
      unsureSince: to.unsureSince,
      claimedUntil: null,
      failureCode: to.code,
      failure: to.failure,
      ...(to.notBefore && { notBefore: to.notBefore }),
      ...(to.state === "sent" && { acceptedAt: now }),
      ...(to.state === "refused" && { settledAt: now }),
    },
  });
}

/** Rows that wait and have become too old for the provider. @returns how many */
export async function retireOld(
  db: Db,
  tenantId: string,
  connectionId: string,
  before: Date,
  reason: string,
  now: Date,
): Promise<number> {
  const { count } = await db.billingExport.updateMany({
    where: { tenantId, connectionId, state: "pending", windowStart: { lt: before } },
    data: { state: "too_old", failure: reason, settledAt: now },
  });
  return count;
}

/** Rows that may have been delivered, and that nobody may send again before the provider's sums have told. */
export async function undecided(
  db: Db,
  tenantId: string,
  connectionId: string,
  { now, unsureBefore, triedBefore }: { now: Date; unsureBefore: Date; triedBefore: Date },
): Promise<ExportRow[]> {
  return exportRows(
    await db.$queryRaw`
    SELECT ${exportColumns} FROM billing_export
    WHERE tenant_id = ${tenantId}::uuid AND connection_id = ${connectionId}::uuid AND state = 'unknown'
      AND unsure_since <= ${unsureBefore}::timestamptz AND tried_at <= ${triedBefore}::timestamptz AND not_before <= ${now}::timestamptz
    ORDER BY window_start, id LIMIT 200`,
  );
}

/** When the next row may be sent; null: none waits. */
export async function nextDue(
  db: Db,
  tenantId: string,
  connectionId: string,
  since: Date,
): Promise<Date | null> {
  const row = await db.billingExport.findFirst({
    where: {
      tenantId,
      connectionId,
      state: { in: ["pending", "unknown"] },
      OR: [{ unsureSince: null }, { unsureSince: { gt: since } }],
    },
    select: { notBefore: true },
    orderBy: { notBefore: "asc" },
  });
  return row?.notBefore ?? null;
}
