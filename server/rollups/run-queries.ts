import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { inDays } from "./days-query";
import { runBounds, runDimensions, runDimensionsOfCalls, runMeasuresOfCalls, runSumNames } from "./run-shape";
import { costBucketSql, replaceRunSizes } from "./run-size-queries";
import type { Run as Stretch } from "./runs";

const raw = (text: string) => Prisma.raw(text);
const dimensions = raw(runDimensions.join(", "));
const measures = raw([...runSumNames, ...Object.keys(runBounds)].join(", "));
const ordinals = raw(runDimensions.map((_, at) => String(at + 2)).join(", "));

/** Sums the agents' runs of these days, from the ledger, and counts those of each size. */
export async function replaceRunDays(
  db: Db,
  tenantId: string,
  timeZone: string,
  days: Stretch<string>,
): Promise<void> {
  const ofDays = Prisma.sql`tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  await db.$executeRaw`DELETE FROM rollup_run_day WHERE ${ofDays}`;
  // What is left are rows of other days: a run that has none, and one row here, is alone.
  await db.$executeRaw`
    INSERT INTO rollup_run_day (tenant_id, day, n, ${dimensions}, ${measures}, cost_bucket, alone)
    SELECT ${tenantId}::uuid, day, row_number() OVER (PARTITION BY day ORDER BY ${dimensions}), ${dimensions}, ${measures}, ${costBucketSql},
      count(*) OVER (PARTITION BY run_id) = 1
        AND NOT EXISTS (SELECT FROM rollup_run_day r WHERE r.tenant_id = ${tenantId}::uuid AND r.run_id = grouped.run_id)
    FROM (
      SELECT (c.occurred_at AT TIME ZONE ${timeZone})::date AS day, ${raw(runDimensionsOfCalls)}, ${raw(runMeasuresOfCalls)}
      FROM call c WHERE c.tenant_id = ${tenantId}::uuid AND c.run_id IS NOT NULL AND ${inDays("c.occurred_at", timeZone, days)}
      GROUP BY day, ${ordinals}
    ) AS grouped`;
  await replaceRunSizes(db, tenantId, [...(await partRuns(db, tenantId, days)), days]);
}

/** Rows of other days whose run turned out to have parts in these. @returns the days on which there were any */
async function partRuns(db: Db, tenantId: string, days: Stretch<string>): Promise<Stretch<string>[]> {
  const rows = await db.$queryRaw<{ day: string }[]>`
    WITH parted AS (
      UPDATE rollup_run_day r SET alone = false
      WHERE r.tenant_id = ${tenantId}::uuid AND r.alone AND r.day NOT BETWEEN ${days.first}::date AND ${days.last}::date AND r.run_id IN (
        SELECT run_id FROM rollup_run_day p
        WHERE p.tenant_id = ${tenantId}::uuid AND p.day BETWEEN ${days.first}::date AND ${days.last}::date AND NOT p.alone)
      RETURNING r.day
    )
    SELECT DISTINCT to_char(day, 'YYYY-MM-DD') AS day FROM parted`;
  return rows.map(({ day }) => ({ first: day, last: day }));
}

export async function deleteAllRunDays(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_run_day WHERE tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`DELETE FROM rollup_run_total WHERE tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`DELETE FROM rollup_run_size WHERE tenant_id = ${tenantId}::uuid`;
}
