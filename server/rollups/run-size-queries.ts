import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { runSumNames } from "./run-shape";
import { isUnpricedRun, runCostBounds, runCounts } from "./run-sizes";
import type { Run as Stretch } from "./runs";

const raw = (text: string) => Prisma.raw(text);
const names = raw([...Object.keys(runCounts), ...runSumNames].join(", "));
const totals = raw(
  [
    ...Object.values(runCounts).map((condition) => `count(*) FILTER (WHERE ${condition})`),
    ...runSumNames.map((name) => `sum(${name})`),
  ].join(", "),
);
const bounds = Prisma.sql`${[...runCostBounds]}::numeric[]`;

/** Which bucket of run-sizes.ts a run's cost lies in, counted from 1; 0: below the first bound; null: it is not known. */
export const costBucketSql = Prisma.sql`CASE WHEN NOT ${raw(isUnpricedRun)} THEN width_bucket(cost_usd, ${bounds}) END`;

/** Counts the whole runs of these days anew. */
export async function replaceRunSizes(
  db: Db,
  tenantId: string,
  stretches: readonly Stretch<string>[],
): Promise<void> {
  for (const { first, last } of stretches) {
    const ofDays = Prisma.sql`tenant_id = ${tenantId}::uuid AND day BETWEEN ${first}::date AND ${last}::date`;
    await db.$executeRaw`DELETE FROM rollup_run_total WHERE ${ofDays}`;
    await db.$executeRaw`
      INSERT INTO rollup_run_total (tenant_id, day, ${names})
      SELECT ${tenantId}::uuid, day, ${totals} FROM rollup_run_day WHERE ${ofDays} AND alone GROUP BY day`;
    await db.$executeRaw`DELETE FROM rollup_run_size WHERE ${ofDays}`;
    await db.$executeRaw`
      INSERT INTO rollup_run_size (tenant_id, measure, day, bucket, runs)
      SELECT ${tenantId}::uuid, 'steps', day, calls, count(*) FROM rollup_run_day WHERE ${ofDays} AND alone GROUP BY day, calls
      UNION ALL
      SELECT ${tenantId}::uuid, 'cost', day, cost_bucket, count(*) FROM rollup_run_day
      WHERE ${ofDays} AND alone AND cost_bucket IS NOT NULL GROUP BY day, cost_bucket`;
  }
}
