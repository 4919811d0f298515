import { Decimal } from "decimal.js";
import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import type { Tenant } from "@/server/context";
import { asAdmin } from "../factories/tenant";

/** Wide enough for what a test adds up; rounds as PostgreSQL does. */
export const Plain = Decimal.clone({ precision: 100, rounding: Decimal.ROUND_HALF_UP });
export const plainText = (amount: Decimal) => amount.toDecimalPlaces(18).toFixed();

export interface PlainPerson {
  user: string;
  account: string | null;
  plan: string | null;
  /** A month. */
  mrr: Decimal | null;
  signedUp: string | null;
}

/** What an app said of its users, straight into the table. */
export async function tellOf(
  tenant: Tenant,
  users: { user: string; account?: string; plan?: string; mrr?: string; mrrAt?: string; signedUp?: string }[],
) {
  for (const { user, account, plan, mrr, mrrAt, signedUp } of users)
    await asAdmin(
      `INSERT INTO end_user (tenant_id, user_id, account_id, plan, plan_at, mrr_usd, mrr_at, signed_up_at, identified_at)
       VALUES ($1, $2, $3, $4, $6, $5, $6, $7, now())`,
      [tenant.id, user, account ?? null, plan ?? null, mrr ?? null, mrrAt ?? "2026-01-01T00:00:00Z", signedUp ?? null], // prettier-ignore
    );
}

interface PlainCall extends Record<string, unknown> {
  user: string | null;
  account: string | null;
  day: string;
  calls: number;
  cost: string;
  unpriced: number;
}

/** The ledger by user, account and local day, by a plain GROUP BY. */
export const plainDays = (tenant: Tenant, from: Date, to: Date) =>
  asAdmin<PlainCall>(
    `SELECT user_id AS user, account_id AS account, to_char(occurred_at AT TIME ZONE $4, 'YYYY-MM-DD') AS day,
       (count(*) FILTER (WHERE share_no IS NULL OR share_no = 1))::int AS calls, coalesce(sum(cost_usd), 0)::text AS cost,
       (count(*) FILTER (WHERE cost_usd IS NULL AND (share_no IS NULL OR share_no = 1)))::int AS unpriced
     FROM call WHERE tenant_id = $1 AND occurred_at >= $2 AND occurred_at < $3 GROUP BY 1, 2, 3`,
    [tenant.id, from, to, tenant.timeZone],
  );

/** Months of [from, to), a day at a time: each the part of it that lies within, over the days of its month. */
export function plainMonths(from: Date, to: Date, timeZone: string, since: string | null = null): Decimal {
  let months = new Plain(0);
  for (let day = localDay(from, timeZone); startOfDay(day, timeZone) < to; day = addDays(day, 1)) {
    if (since !== null && day < since) continue;
    const [start, end] = [
      startOfDay(day, timeZone).getTime(),
      startOfDay(addDays(day, 1), timeZone).getTime(),
    ];
    const within = Math.min(end, to.getTime()) - Math.max(start, from.getTime());
    const [year, month] = day.split("-").map(Number) as [number, number];
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
    months = months.plus(new Plain(within).div(end - start).div(days));
  }
  return months;
}

/** What is paid for a stretch, to 18 decimals. */
export const plainRevenue = (mrr: Decimal | null, months: Decimal) =>
  mrr && mrr.times(months).toDecimalPlaces(18);

export const plainSum = (amounts: Iterable<Decimal | string>) => {
  let sum = new Plain(0);
  for (const amount of amounts) sum = sum.plus(amount);
  return sum;
};

/** By nearest rank. */
export function plainPercentile(amounts: readonly Decimal[], percent: number): Decimal | undefined {
  const sorted = [...amounts].sort((one, other) => one.cmp(other));
  return sorted[Math.ceil((sorted.length * percent) / 100) - 1];
}
