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
 * CTE `billed`: accounts whose revenue the billing provider's subscriptions tell, as they are mapped now, with how many are
 * known of each. Of what is connected in test mode nothing counts.
 */
const billedSql = (tenantId: string, timeZone: string): Prisma.Sql => Prisma.sql`billed AS MATERIALIZED (
      SELECT r.account_id, r.mrr_usd, (r.paid_since AT TIME ZONE ${timeZone})::date AS paid_since, coalesce(s.seats, 0) AS seats
      FROM account_revenue r
      JOIN billing_connection c ON c.tenant_id = r.tenant_id AND c.id = r.connection_id AND c.state <> 'disconnected' AND c.mode = 'live'
      JOIN billing_customer m ON m.tenant_id = r.tenant_id AND m.connection_id = r.connection_id AND m.account_id = r.account_id
        AND m.customer_id = r.customer_id
      LEFT JOIN (SELECT account_id, count(*) AS seats FROM fact GROUP BY account_id) AS s ON s.account_id = r.account_id
      WHERE r.tenant_id = ${tenantId}::uuid AND r.mrr_usd IS NOT NULL
    )`;

/**
 * CTEs that say who pays how much: `fact`, everybody whom an app told of or who was ever there, with plan, account, first and
 * last day; and `paid`, the same with the MRR that pays for them (`pay_usd`, for `seats` people, of whom this is the
 * `seat`-th; `is_shared`: it is the account's) and since which local day it is paid (`pays_since`; null: always). What an app
 * says of a user's account wins over what calls say. Where subscriptions tell what an account pays, that is what its users
 * pay, whatever an app told; `userless` are those of such accounts of whom no user is known. Else, where the MRR told with
 * each user is the account's, its newest word holds, the greater of two of one instant.
 */
export function payingSql(tenantId: string, timeZone: string, mrrOf: MrrOwner): Prisma.Sql {
  const known = Prisma.sql`fact AS MATERIALIZED (
      SELECT coalesce(e.user_id, l.user_id) AS user_id, coalesce(e.account_id, nullif(l.account_id, '')) AS account_id,
        e.plan, e.plan_at, e.mrr_usd, e.mrr_at, (e.signed_up_at AT TIME ZONE ${timeZone})::date AS signed_up,
        l.first_day, l.last_day, l.calls AS life_calls, l.cost_usd AS life_cost, l.unpriced_calls AS life_unpriced
      FROM (SELECT * FROM end_user WHERE tenant_id = ${tenantId}::uuid) AS e
      FULL JOIN (SELECT * FROM user_lifetime WHERE tenant_id = ${tenantId}::uuid) AS l ON l.user_id = e.user_id
    ), ${billedSql(tenantId, timeZone)}, userless AS (
      SELECT account_id, mrr_usd AS pay_usd, paid_since AS pays_since, 1 AS seats, 1 AS seat FROM billed WHERE seats = 0
    )`;
  if (mrrOf === "user")
    // Seats are numbered only where they share something: everybody else is a million people that need no order.
    return Prisma.sql`${known}, seated AS (
      SELECT f.user_id, b.mrr_usd, b.paid_since, b.seats, row_number() OVER (PARTITION BY f.account_id ORDER BY f.user_id) AS seat
      FROM fact AS f JOIN billed AS b ON b.account_id = f.account_id
    ), paid AS (
      SELECT fact.*, CASE WHEN s.user_id IS NULL THEN fact.mrr_usd ELSE s.mrr_usd END AS pay_usd,
        CASE WHEN s.user_id IS NULL THEN fact.signed_up ELSE s.paid_since END AS pays_since,
        coalesce(s.seats, 1) AS seats, coalesce(s.seat, 1) AS seat, s.user_id IS NOT NULL AS is_shared
      FROM fact LEFT JOIN seated AS s ON s.user_id = fact.user_id
    )`;
  return Prisma.sql`${known}, account_pay AS MATERIALIZED (
      SELECT f.account_id, CASE WHEN count(b.account_id) > 0 THEN min(b.mrr_usd) ELSE
          (array_agg(f.mrr_usd ORDER BY f.mrr_at DESC NULLS LAST, f.mrr_usd DESC) FILTER (WHERE f.mrr_usd IS NOT NULL))[1] END AS mrr_usd,
        CASE WHEN count(b.account_id) > 0 THEN min(b.paid_since) ELSE min(f.signed_up) END AS signed_up, count(*) AS seats
      FROM fact AS f LEFT JOIN billed AS b ON b.account_id = f.account_id
      WHERE f.account_id IS NOT NULL GROUP BY f.account_id
    ), paid AS (
      SELECT fact.*, CASE WHEN fact.account_id IS NULL THEN fact.mrr_usd ELSE a.mrr_usd END AS pay_usd,
        CASE WHEN fact.account_id IS NULL THEN fact.signed_up ELSE a.signed_up END AS pays_since, coalesce(a.seats, 1) AS seats,
        CASE WHEN fact.account_id IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY fact.account_id ORDER BY fact.user_id) END AS seat,
        fact.account_id IS NOT NULL AS is_shared
      FROM fact LEFT JOIN account_pay AS a ON a.account_id = fact.account_id
    )`;
}
