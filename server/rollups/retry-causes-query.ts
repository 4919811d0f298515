import { Prisma } from "@/prisma/generated/client";
import { isWholeCall, workDimensions } from "./shape";

const raw = (text: string) => Prisma.raw(text);
const tags = raw(workDimensions.map((name) => `coalesce(c.${name}, '') AS ${name}`).join(", "));

/**
 * Failures of one request in one UTC day that can explain its retries. An id with more names something else, a session
 * say, and pairing each of its calls with each would take hours.
 */
export const mostFailures = 100;

/**
 * Attempts beyond the first, each with its `cause`: the error class of the newest earlier attempt of the same request
 * that failed, from a day before to an hour after it (the clocks of two senders differ). '' where there is none. It
 * depends on the calls alone and not on the bounds, so that any two stretches add up.
 * @param from and `to` bound the retries (`to` is exclusive)
 * @param where more conditions, on `c`
 * @returns SELECT of the work's tags ('' = none), occurred_at, share_no, cost_usd, price_status, cause
 */
export function retriesSql(
  tenantId: string,
  from: Prisma.Sql,
  to: Prisma.Sql,
  where = Prisma.empty,
): Prisma.Sql {
  return Prisma.sql`
    WITH retry AS MATERIALIZED (
      SELECT c.call_id, c.occurred_at, c.root_request_id, c.attempt, c.share_no, c.cost_usd, c.price_status, ${tags} FROM call c
      WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at >= ${from} AND c.occurred_at < ${to} AND c.attempt > 1 ${where}
    ), failed AS MATERIALIZED (
      SELECT root_request_id, attempt, occurred_at, error_class FROM (
        SELECT root_request_id, attempt, occurred_at, error_class,
          count(*) OVER (PARTITION BY root_request_id, date_trunc('day', occurred_at, 'UTC')) AS siblings
        FROM call
        WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= date_trunc('day', ${from} - interval '1 day', 'UTC')
          AND occurred_at < date_trunc('day', ${to} + interval '25 hours', 'UTC')
          AND error_class IS NOT NULL AND root_request_id IS NOT NULL AND ${raw(isWholeCall)}
      ) AS counted WHERE siblings <= ${mostFailures}
    ), found AS (
      SELECT DISTINCT ON (r.occurred_at, r.call_id) r.occurred_at, r.call_id, f.error_class AS cause
      FROM retry r JOIN failed f ON f.root_request_id = r.root_request_id AND f.attempt < r.attempt
        AND f.occurred_at > r.occurred_at - interval '1 day' AND f.occurred_at <= r.occurred_at + interval '1 hour'
      ORDER BY r.occurred_at, r.call_id, f.attempt DESC, f.occurred_at DESC, f.error_class
    )
    SELECT r.*, coalesce(found.cause, '') AS cause FROM retry r LEFT JOIN found USING (occurred_at, call_id)`;
}
