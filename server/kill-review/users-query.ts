import { z } from "zod";
import type { Db } from "@/server/db";
import type { SharedUsers } from "./evidence";
import { limits } from "./constants";
import type { ReviewMonth } from "./month";

const count = z.coerce.number().int().nonnegative();
type Days = Pick<ReviewMonth, "first" | "last">;

const CostRow = z.object({
  feature: z.string(),
  users: count,
  of: count,
  dearestUsd: z.string(),
  allUsd: z.string(),
});

/** Of each feature, what the dearest tenth of its users cost in a month (one user at least), and what all of them did. */
export async function dearestUsers(
  db: Db,
  tenantId: string,
  features: readonly string[],
  { first, last }: Days,
) {
  const rows = await db.$queryRaw`
    WITH by_user AS (
      SELECT feature, user_id, sum(cost_usd) AS usd FROM rollup_user_day
      WHERE tenant_id = ${tenantId}::uuid AND feature = ANY (${features}::text[]) AND day BETWEEN ${first}::date AND ${last}::date
        AND user_id <> ''
      GROUP BY feature, user_id
    ), placed AS (
      SELECT feature, usd, row_number() OVER (PARTITION BY feature ORDER BY usd DESC) AS place,
        count(*) OVER (PARTITION BY feature) AS users FROM by_user
    )
    SELECT feature, count(*) FILTER (WHERE place <= ceil(users * ${limits.dearestTenth}::numeric)) AS users, count(*) AS of,
      trim_scale(sum(usd) FILTER (WHERE place <= ceil(users * ${limits.dearestTenth}::numeric)))::text AS "dearestUsd",
      trim_scale(sum(usd))::text AS "allUsd"
    FROM placed GROUP BY feature`;
  return new Map(
    z
      .array(CostRow)
      .parse(rows)
      .map(({ feature, ...cost }) => [feature, cost]),
  );
}

const SharedRow = z.object({ feature: z.string(), other: z.string(), users: count, of: count });

/** How many users each of these features has in a month, and how many of those called another one, too. */
export async function sharedUsers(
  db: Db,
  tenantId: string,
  features: readonly string[],
  { first, last }: Days,
): Promise<SharedUsers[]> {
  const rows = await db.$queryRaw`
    WITH used AS (
      SELECT DISTINCT feature, user_id FROM rollup_user_day
      WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${first}::date AND ${last}::date AND feature <> '' AND user_id <> ''
    ), own AS (
      SELECT feature, user_id, count(*) OVER (PARTITION BY feature) AS of FROM used WHERE feature = ANY (${features}::text[])
    )
    SELECT own.feature, used.feature AS other, count(*) AS users, min(own.of) AS of
    FROM own JOIN used ON used.user_id = own.user_id AND used.feature <> own.feature
    GROUP BY own.feature, used.feature`;
  return z.array(SharedRow).parse(rows);
}
