import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { bucketColumns } from "@/server/calls/ledger-columns";
import { type Bucket, buckets } from "@/server/prices/buckets";

const Units = z.object(
  Object.fromEntries(buckets.map((bucket) => [bucket, z.string()])) as Record<Bucket, z.ZodString>,
);

const ModelUsage = z.object({
  provider: z.string(),
  model: z.string(),
  /** Empty: calls without a feature. */
  feature: z.string(),
  calls: z.number(),
  costUsd: z.string(),
  unpricedCalls: z.number(),
  units: Units,
});
export type ModelUsage = z.infer<typeof ModelUsage>;

const unitSums = Prisma.raw(
  buckets.map((bucket) => `'${bucket}', sum(${bucketColumns[bucket]})::text`).join(", "),
);

/** What was used of each model by each feature, from the roll-ups of these local days (last one included). */
export async function modelUsage(
  db: Db,
  tenantId: string,
  days: { first: string; last: string },
): Promise<ModelUsage[]> {
  const rows = await db.$queryRaw`
    SELECT provider, model, feature, sum(calls)::float8 AS calls, trim_scale(sum(cost_usd))::text AS "costUsd",
      sum(unpriced_calls)::float8 AS "unpricedCalls", json_build_object(${unitSums}) AS units
    FROM rollup_day
    WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date AND model <> ''
    GROUP BY provider, model, feature ORDER BY provider, model, feature`;
  return z.array(ModelUsage).parse(rows);
}
