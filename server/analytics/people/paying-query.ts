import { Prisma } from "@/prisma/generated/client";
import { monthParts } from "@/server/retention/revenue-months";
import type { MrrOwner } from "@/server/retention/schemas";

const raw = (text: string) => Prisma.raw(text);

/** Months up to the first instant of a local day, in parts of a month: `monthMark` of server/retention/revenue-months.ts. */
export const monthMarkSql = (day: string) =>
  `((date_part('year', ${day})::bigint * 12 + date_part('month', ${day})::bigint) * ${String(monthParts)}
    + (date_part('day', ${day})::bigint - 1)
    * (${String(monthParts)} / date_part('day', date_trunc('month', ${day}) + interval '1 month - 1 day')::bigint))`;

/**
 * An even share of what is paid for `seats` people, to the last of 18 decimals: the first few by name have one unit more, so
 * that the shares add up to it.
 */
const shareSql = (usd: string) =>
  `CASE WHEN seats = 1 THEN ${usd} ELSE
    (div(${usd} * 1e18, seats) + CASE WHEN seat <= mod(${usd} * 1e18, seats) THEN 1 ELSE 0 END) * 1e-18 END`;

/** Revenue of the months between two marks; null where nobody knows what is paid. */
export const revenueSql = (parts: string, scale: bigint) =>
  raw(shareSql(`round(pay_usd * greatest(${parts}, 0) / ${String(monthParts * scale)}, 18)`));

/** What somebody pays a month. */
export const monthlySql = raw(shareSql("pay_usd"));

/**
 * CTEs that say who pays how much: `fact`, everybody whom an app told of or who was ever there, with plan, account, first and
 * last day; and `paid`, the same with the MRR that pays for them (`pay_usd`, for `seats` people, of whom this is the
 * `seat`-th) and since which local day it is paid (`pays_since`; null: always). What an app says of a user's account wins over what calls say.
 * Where the MRR told with each user is the account's, its newest word holds, the greater of two of one instant.
 */
export function payingSql(tenantId: string, timeZone: string, mrrOf: MrrOwner): Prisma.Sql {
  const fact = Prisma.sql`fact AS MATERIALIZED (
      SELECT coalesce(e.user_id, l.user_id) AS user_id, coalesce(e.account_id, nullif(l.account_id, '')) AS account_id,
        e.plan, e.plan_at, e.mrr_usd, e.mrr_at, (e.signed_up_at AT TIME ZONE ${timeZone})::date AS signed_up,
        l.first_day, l.last_day, l.calls AS life_calls, l.cost_usd AS life_cost, l.unpriced_calls AS life_unpriced
      FROM (SELECT * FROM end_user WHERE tenant_id = ${tenantId}::uuid) AS e
      FULL JOIN (SELECT * FROM user_lifetime WHERE tenant_id = ${tenantId}::uuid) AS l ON l.user_id = e.user_id
    )`;
  if (mrrOf === "user")
    return Prisma.sql`${fact}, paid AS (
      SELECT fact.*, mrr_usd AS pay_usd, signed_up AS pays_since, 1 AS seats, 1 AS seat FROM fact
    )`;
  return Prisma.sql`${fact}, account_pay AS MATERIALIZED (
      SELECT account_id, (array_agg(mrr_usd ORDER BY mrr_at DESC NULLS LAST, mrr_usd DESC) FILTER (WHERE mrr_usd IS NOT NULL))[1] AS mrr_usd,
        min(signed_up) AS signed_up, count(*) AS seats
      FROM fact WHERE account_id IS NOT NULL GROUP BY account_id
    ), paid AS (
      SELECT fact.*, CASE WHEN fact.account_id IS NULL THEN fact.mrr_usd ELSE a.mrr_usd END AS pay_usd,
        CASE WHEN fact.account_id IS NULL THEN fact.signed_up ELSE a.signed_up END AS pays_since, coalesce(a.seats, 1) AS seats,
        CASE WHEN fact.account_id IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY fact.account_id ORDER BY fact.user_id) END AS seat
      FROM fact LEFT JOIN account_pay AS a ON a.account_id = fact.account_id
    )`;
}
