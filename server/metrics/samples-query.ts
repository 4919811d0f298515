import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { pendingMarks } from "@/server/rollups/queries";
import { type CounterRow, labelColumns } from "./shape";

const raw = (text: string) => Prisma.raw(text);
const labelsOf = (alias: string) => raw(labelColumns.map((name) => `${alias}.${name}`).join(", "));
/** Roll-ups, and so series, know no tag as ''. */
const sameLabels = raw(labelColumns.map((name) => `s.${name} = coalesce(c.${name}, '')`).join(" AND "));

/**
 * Every counter and its correction. Corrections of closed months are in no roll-up and no counter: they are read here.
 */
export async function counterRows(db: Db, tenantId: string): Promise<CounterRow[]> {
  return db.$queryRaw<CounterRow[]>`
    SELECT ${labelsOf("s")}, measure, error_type AS "errorType",
      trim_scale(sum(counted))::text AS counted, trim_scale(sum(correction))::text AS correction
    FROM (
      SELECT measure, series, error_type, counted, ledger - counted AS correction
      FROM metric_counter WHERE tenant_id = ${tenantId}::uuid
      UNION ALL
      SELECT 'cost_usd', coalesce(s.series, 0), '', 0, c.delta_usd
      FROM (SELECT ${labelsOf("c")}, sum(delta_usd) AS delta_usd FROM call_correction c
        WHERE tenant_id = ${tenantId}::uuid GROUP BY ${labelsOf("c")}) AS c
      LEFT JOIN metric_series s ON s.tenant_id = ${tenantId}::uuid AND ${sameLabels}
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
