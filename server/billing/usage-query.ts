import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { tokenBuckets } from "@/server/prices/buckets";
import { bucketColumns } from "@/server/calls/ledger-columns";
import { addDays, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { isWholeCall } from "@/server/rollups/shape";
import type { LedgerHour } from "./plan-deltas";

const raw = (text: string) => Prisma.raw(text);
const tokens = raw(tokenBuckets.map((bucket) => bucketColumns[bucket]).join(" + "));
const whole = z.string().transform((text) => BigInt(text));

const Hour = z
  .object({ accountId: z.string(), hour: z.date(), calls: whole, tokens: whole, microUsd: whole })
  .transform(({ accountId, hour, calls, tokens: all, microUsd }): LedgerHour => ({
    accountId,
    hour,
    totals: { calls, tokens: all, cost_micro_usd: microUsd },
  }));

/** The hours that a meter bills; without an end, all to come. */
export interface BilledStretch {
  startsAt: Date;
  endsAt: Date | null;
}

/**
 * Hours of accounts in [from, to), from the ledger itself, as far as a meter bills them. An hour's cost is rounded to whole
 * micro-dollars, half away from zero: that is the unit that is billed. What calls of closed months should have cost counts in
 * the hour in which it was booked, if the calls themselves were billed by the meter.
 */
export async function ledgerHours(
  db: Db,
  tenantId: string,
  { from, to }: { from: Date; to: Date },
  accounts: readonly string[],
  { startsAt, endsAt }: BilledStretch,
): Promise<LedgerHour[]> {
  if (from >= to || accounts.length === 0) return [];
  const whose = Prisma.sql`tenant_id = ${tenantId}::uuid AND account_id = ANY (${[...accounts]}::text[])
      AND occurred_at >= ${startsAt}::timestamptz AND (${endsAt}::timestamptz IS NULL OR occurred_at < ${endsAt}::timestamptz)`;
  const rows = await db.$queryRaw`
    SELECT account_id AS "accountId", hour, sum(calls)::text AS calls, sum(tokens)::text AS tokens,
      round(sum(usd) * 1000000)::text AS "microUsd"
    FROM (
      SELECT account_id, date_trunc('hour', occurred_at, 'UTC') AS hour, count(*) FILTER (WHERE ${raw(isWholeCall)}) AS calls,
        coalesce(sum(${tokens}), 0) AS tokens, coalesce(sum(cost_usd), 0) AS usd
      FROM call WHERE ${whose} AND occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz GROUP BY 1, 2
      UNION ALL
      SELECT account_id, date_trunc('hour', booked_at, 'UTC'), 0, 0, sum(delta_usd)
      FROM call_correction WHERE ${whose} AND booked_at >= ${from}::timestamptz AND booked_at < ${to}::timestamptz GROUP BY 1, 2
    ) AS parts
    GROUP BY 1, 2 ORDER BY 2, 1`;
  return z.array(Hour).parse(rows);
}

const Fingerprint = z.object({ day: z.string(), fingerprint: z.string() });

/**
 * What the roll-ups and the corrections booked say of accounts, day by day of the tenant's zone, in a form that differs when
 * anything of it does.
 */
export async function dayFingerprints(
  db: Db,
  tenantId: string,
  { from, to, timeZone }: { from: LocalDay; to: LocalDay; timeZone: string },
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw`
    SELECT to_char(day, 'YYYY-MM-DD') AS day, md5(string_agg(print, ',' ORDER BY print)) AS fingerprint
    FROM (
      SELECT day, concat_ws('|', value, calls, ${tokens}, cost_usd) AS print FROM rollup_day_by
      WHERE tenant_id = ${tenantId}::uuid AND dimension = 'account_id' AND value <> '' AND day BETWEEN ${from}::date AND ${to}::date
      UNION ALL
      SELECT (booked_at AT TIME ZONE ${timeZone})::date, concat_ws('|', 'booked', account_id, count(*), sum(delta_usd))
      FROM call_correction
      WHERE tenant_id = ${tenantId}::uuid AND account_id <> '' AND booked_at >= ${startOfDay(from, timeZone)}::timestamptz
        AND booked_at < ${startOfDay(addDays(to, 1), timeZone)}::timestamptz
      GROUP BY 1, account_id
    ) AS prints GROUP BY 1`;
  return new Map(
    z
      .array(Fingerprint)
      .parse(rows)
      .map(({ day, fingerprint }) => [day, fingerprint]),
  );
}

const Unmapped = z.object({
  accountId: z.string(),
  calls: whole,
  tokens: whole,
  costUsd: z.string(),
  lastDay: z.string(),
});
export type UnmappedAccount = z.infer<typeof Unmapped>;

/** Accounts with usage that is billed to nobody, dearest first; '' is usage without an account. */
export async function unmappedAccounts(
  db: Db,
  tenantId: string,
  connectionId: string,
  from: string,
): Promise<UnmappedAccount[]> {
  const rows = await db.$queryRaw`
    SELECT value AS "accountId", sum(calls)::text AS calls, sum(${tokens})::text AS tokens, sum(cost_usd)::text AS "costUsd",
      to_char(max(day), 'YYYY-MM-DD') AS "lastDay"
    FROM rollup_day_by d
    WHERE tenant_id = ${tenantId}::uuid AND dimension = 'account_id' AND day >= ${from}::date
      AND NOT EXISTS (SELECT FROM billing_customer c WHERE c.tenant_id = d.tenant_id
        AND c.connection_id = ${connectionId}::uuid AND c.account_id = d.value)
    GROUP BY value ORDER BY sum(cost_usd) DESC, value LIMIT 500`;
  return z.array(Unmapped).parse(rows);
}
