import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { pendingMarks } from "@/server/rollups/queries";
import { type CounterRow, labelColumns } from "./shape";

const raw = (text: string) => Prisma.raw(text);
const labels = raw(labelColumns.join(", "));
const labelsOf = (alias: string) => raw(labelColumns.map((name) => `${alias}.${name}`).join(", "));
/** Roll-ups, and so series, know no tag as ''. */
const tagsOf = (alias: string) =>
  raw(labelColumns.map((name) => `coalesce(${alias}.${name}, '') AS ${name}`).join(", "));

/**
 * Corrections of closed months, which are in no roll-up and no counter: as they were taken over, and call by call where a
 * repricing is not done.
 */
const correctionsSql = (tenantId: string) => Prisma.sql`
  SELECT ${labels}, sum(delta_usd) AS delta_usd FROM (
    SELECT ${labels}, delta_usd FROM metric_correction WHERE tenant_id = ${tenantId}::uuid
    UNION ALL
    SELECT ${tagsOf("c")}, c.delta_usd FROM reprice_run r JOIN call_correction c ON c.tenant_id = r.tenant_id AND c.run_id = r.id
    WHERE r.tenant_id = ${tenantId}::uuid
      AND NOT EXISTS (SELECT FROM metric_correction m WHERE m.tenant_id = r.tenant_id AND m.run_id = r.id)
  ) AS correction GROUP BY ${labels}`;

/** Every counter and its correction: what the ledger says now, less what was counted. */
export async function counterRows(db: Db, tenantId: string): Promise<CounterRow[]> {
  return db.$queryRaw<CounterRow[]>`
    SELECT ${labelsOf("s")}, measure, error_type AS "errorType",
      trim_scale(sum(counted))::text AS counted, trim_scale(sum(correction))::text AS correction
    FROM (
      SELECT measure, series, error_type, counted, ledger - counted AS correction
      FROM metric_counter WHERE tenant_id = ${tenantId}::uuid
      UNION ALL
      SELECT 'cost_usd', coalesce(series, 0), '', 0, delta_usd FROM (${correctionsSql(tenantId)}) AS c
      LEFT JOIN (SELECT series, ${labels} FROM metric_series WHERE tenant_id = ${tenantId}::uuid) AS named USING (${labels})
    ) AS counter
    JOIN metric_series s ON s.tenant_id = ${tenantId}::uuid AND s.series = counter.series
    GROUP BY ${labelsOf("s")}, measure, error_type, s.series ORDER BY s.series, measure, error_type`;
}

export interface CountingState {
  isCounted: boolean;
  isRolledUp: boolean;
  /** Null: every call that was received is in the roll-ups. */
  oldestMarkedAt: Date | null;
}

export async function countingState(db: Db, tenantId: string): Promise<CountingState> {
  const [counted, rolled, { oldestMarkedAt }] = [
    await db.metricState.count({ where: { tenantId } }),
    await db.rollupState.count({ where: { tenantId } }),
    await pendingMarks(db, tenantId),
  ];
  return { isCounted: counted > 0, isRolledUp: rolled > 0, oldestMarkedAt };
}
