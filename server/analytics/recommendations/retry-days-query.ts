import { z } from "zod";
import type { Db } from "@/server/db";
import type { Looked } from "./looked";

const count = z.coerce.number().int();
const RetryDay = z.object({
  feature: z.string().nullable(),
  cause: z.string().nullable(),
  day: z.string(),
  calls: count,
  unpricedCalls: count,
  costUsd: z.string(),
});
export type RetryDay = z.infer<typeof RetryDay>;

/** Attempts beyond the first by feature, by what had failed before, and by local day. */
export async function retryDays(
  db: Db,
  { tenantId, range }: Pick<Looked, "tenantId" | "range">,
): Promise<RetryDay[]> {
  const rows = await db.$queryRaw`
    SELECT nullif(feature, '') AS feature, nullif(cause, '') AS cause, to_char(day, 'YYYY-MM-DD') AS day, sum(calls)::text AS calls,
      sum(unpriced_calls)::text AS "unpricedCalls", trim_scale(sum(cost_usd))::text AS "costUsd"
    FROM rollup_retry_day
    WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${range.days.first}::date AND ${range.days.last}::date
    GROUP BY rollup_retry_day.feature, rollup_retry_day.cause, rollup_retry_day.day ORDER BY 1, 2, 3`;
  return z.array(RetryDay).parse(rows);
}
