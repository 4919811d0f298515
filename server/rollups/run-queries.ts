import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { inDays } from "./days-query";
import { runBounds, runDimensions, runDimensionsOfCalls, runMeasuresOfCalls, runSumNames } from "./run-shape";
import type { Run as Stretch } from "./runs";

const raw = (text: string) => Prisma.raw(text);
const dimensions = raw(runDimensions.join(", "));
const measures = raw([...runSumNames, ...Object.keys(runBounds)].join(", "));
const ordinals = raw(runDimensions.map((_, at) => String(at + 2)).join(", "));

/** Sums the agents' runs of these days, from the ledger. */
export async function replaceRunDays(
  db: Db,
  tenantId: string,
  timeZone: string,
  days: Stretch<string>,
): Promise<void> {
  await db.$executeRaw`
    DELETE FROM rollup_run_day WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  await db.$executeRaw`
    INSERT INTO rollup_run_day (tenant_id, day, n, ${dimensions}, ${measures})
    SELECT ${tenantId}::uuid, day, row_number() OVER (PARTITION BY day), ${dimensions}, ${measures}
    FROM (
      SELECT (c.occurred_at AT TIME ZONE ${timeZone})::date AS day, ${raw(runDimensionsOfCalls)}, ${raw(runMeasuresOfCalls)}
      FROM call c WHERE c.tenant_id = ${tenantId}::uuid AND c.run_id IS NOT NULL AND ${inDays("c.occurred_at", timeZone, days)}
      GROUP BY day, ${ordinals}
    ) AS grouped`;
}

export async function deleteAllRunDays(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_run_day WHERE tenant_id = ${tenantId}::uuid`;
}
