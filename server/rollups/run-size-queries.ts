import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { type RunDimension, runSumNames } from "./run-shape";
import { isUnpricedRun, runCostBounds, runCounts } from "./run-sizes";
import type { Run as Stretch } from "./runs";
import { everything } from "./shape";

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

/** Tags whose values runs are counted by, beside `all`: not people, of whom each has few. */
export const countedTags = ["feature", "team", "environment"] as const satisfies readonly RunDimension[];
const eachTag = raw(
  `LATERAL (VALUES ('${everything}', ''), ${countedTags.map((name) => `('${name}', ${name})`).join(", ")}) AS tag(dimension, value)`,
);

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
      INSERT INTO rollup_run_total (tenant_id, dimension, day, value, ${names})
      SELECT ${tenantId}::uuid, dimension, day, value, ${totals} FROM rollup_run_day, ${eachTag}
      WHERE ${ofDays} AND alone GROUP BY dimension, day, value`;
    await db.$executeRaw`DELETE FROM rollup_run_size WHERE ${ofDays}`;
    await db.$executeRaw`
      INSERT INTO rollup_run_size (tenant_id, dimension, measure, day, value, bucket, runs)
      SELECT ${tenantId}::uuid, dimension, 'steps', day, value, calls, count(*) FROM rollup_run_day, ${eachTag}
      WHERE ${ofDays} AND alone GROUP BY dimension, day, value, calls
      UNION ALL
      SELECT ${tenantId}::uuid, dimension, 'cost', day, value, cost_bucket, count(*) FROM rollup_run_day, ${eachTag}
      WHERE ${ofDays} AND alone AND cost_bucket IS NOT NULL GROUP BY dimension, day, value, cost_bucket`;
  }
}
