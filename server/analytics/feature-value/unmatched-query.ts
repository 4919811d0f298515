import { z } from "zod";
import type { Db } from "@/server/db";

const count = z.coerce.number().int().nonnegative();
const Name = z.object({
  feature: z.string(),
  calls: count,
  events: count,
  costUsd: z.string(),
  unpricedCalls: count,
  /** Of the busiest week. */
  users: count,
  /** First day of the last week in which it was seen. */
  lastWeek: z.string(),
});
export type SeenName = z.infer<typeof Name>;

/** Every feature with calls or events since a Monday, and how many of which. */
export async function namesSince(db: Db, tenantId: string, monday: string): Promise<SeenName[]> {
  const rows = await db.$queryRaw`
    SELECT feature, sum(calls)::text AS calls, sum(events)::text AS events, trim_scale(sum(cost_usd))::text AS "costUsd",
      sum(unpriced_calls)::text AS "unpricedCalls", max(active_users)::text AS users, max(period)::text AS "lastWeek"
    FROM feature_period
    WHERE tenant_id = ${tenantId}::uuid AND grain = 'week' AND period >= ${monday}::date AND feature <> ''
    GROUP BY feature ORDER BY sum(calls) + sum(events) DESC, feature`;
  return z.array(Name).parse(rows);
}
