import { z } from "zod";
import type { Db } from "@/server/db";
import type { ReviewMonth } from "./month";

const Row = z.object({
  /** Anything of the days up to the month's end that waits to be summed up or counted. */
  isWaiting: z.boolean(),
  /** Null: activity was never counted. */
  countedAt: z.date().nullable(),
  /** The zone by which it was. */
  timeZone: z.string().nullable(),
});

/** Whether all that is known of a month and of those before it has reached the figures that a review is made of. */
export async function settledState(
  db: Db,
  tenantId: string,
  { first, last, to }: ReviewMonth,
): Promise<z.infer<typeof Row>> {
  const rows = await db.$queryRaw`
    SELECT EXISTS (SELECT FROM rollup_dirty WHERE tenant_id = ${tenantId}::uuid AND hour < ${to}::timestamptz)
        OR EXISTS (SELECT FROM activity_dirty WHERE tenant_id = ${tenantId}::uuid AND day <= ${last}::date)
        OR EXISTS (SELECT FROM activity_pending WHERE tenant_id = ${tenantId}::uuid AND stage = 'users' AND grain = 'month' AND period <= ${first}::date)
        AS "isWaiting",
      s.refreshed_at AS "countedAt", s.time_zone AS "timeZone"
    FROM (SELECT 1) AS one LEFT JOIN activity_state s ON s.tenant_id = ${tenantId}::uuid`;
  return z.tuple([Row]).parse(rows)[0];
}
