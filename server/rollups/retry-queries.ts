import { Prisma } from "@/prisma/generated/client";
import { addDays, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { inDays } from "./days-query";
import { retriesSql } from "./retry-causes-query";
import type { Run } from "./runs";
import { isWholeCall, workDimensions } from "./shape";

const raw = (text: string) => Prisma.raw(text);
const tags = raw(workDimensions.join(", "));
const tagsOfCalls = raw(workDimensions.map((name) => `coalesce(c.${name}, '') AS ${name}`).join(", "));
/** `day`, the tags and what the table has besides. */
const ordinals = raw(Array.from({ length: workDimensions.length + 2 }, (_, i) => String(i + 1)).join(", "));
const hourMs = 3_600_000;

/** How the measures of both tables are made of ledger rows. Unpriced calls are in no cost. */
export const attemptMeasures = {
  calls: `count(*) FILTER (WHERE ${isWholeCall})`,
  cost_usd: "coalesce(sum(cost_usd), 0)",
  unpriced_calls: `count(*) FILTER (WHERE price_status = 'unpriced' AND ${isWholeCall})`,
} as const;
const names = raw(Object.keys(attemptMeasures).join(", "));
const sums = raw(
  Object.entries(attemptMeasures)
    .map(([name, sql]) => `${sql} AS ${name}`)
    .join(", "),
);

/**
 * Local days whose retries may have another cause when something changes in `days`: a failure explains retries of up to a
 * day after it and an hour before it (retry-causes-query.ts), in days of 23 hours perhaps of the day after next.
 */
export function daysOfEffects({ first, last }: Run<LocalDay>, timeZone: string): Run<LocalDay> {
  const from = startOfDay(first, timeZone).getTime() - hourMs;
  const to = startOfDay(addDays(last, 1), timeZone).getTime() + 24 * hourMs;
  return { first: localDay(new Date(from), timeZone), last: localDay(new Date(to - 1), timeZone) };
}

/** Retries of these days and of those around them that they may explain, and the failures of these days, from the ledger. */
export async function replaceRetryDays(
  db: Db,
  tenantId: string,
  timeZone: string,
  days: Run<LocalDay>,
): Promise<void> {
  const affected = daysOfEffects(days, timeZone);
  await db.$executeRaw`
    DELETE FROM rollup_retry_day WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${affected.first}::date AND ${affected.last}::date`;
  await db.$executeRaw`
    INSERT INTO rollup_retry_day (tenant_id, day, n, ${tags}, cause, ${names})
    SELECT ${tenantId}::uuid, day, row_number() OVER (PARTITION BY day), ${tags}, cause, ${names}
    FROM (
      SELECT (occurred_at AT TIME ZONE ${timeZone})::date AS day, ${tags}, cause, ${sums}
      FROM (${retriesSql(tenantId, ...instants(affected), Prisma.sql`AND ${inDays("c.occurred_at", timeZone, affected)}`)}) AS retry
      GROUP BY ${ordinals}
    ) AS grouped`;
  await db.$executeRaw`
    DELETE FROM rollup_failure_day WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
  await db.$executeRaw`
    INSERT INTO rollup_failure_day (tenant_id, day, n, ${tags}, billed, ${names})
    SELECT ${tenantId}::uuid, day, row_number() OVER (PARTITION BY day), ${tags}, billed, ${names}
    FROM (
      SELECT (c.occurred_at AT TIME ZONE ${timeZone})::date AS day, ${tagsOfCalls}, c.billed, ${sums}
      FROM call c
      WHERE c.tenant_id = ${tenantId}::uuid AND c.error_class IS NOT NULL AND ${inDays("c.occurred_at", timeZone, days)}
      GROUP BY ${ordinals}
    ) AS grouped`;
}

/** Instants that surely hold these days, whatever the zone. */
function instants({ first, last }: Run<LocalDay>): [Prisma.Sql, Prisma.Sql] {
  return [
    Prisma.sql`${first}::timestamp AT TIME ZONE 'UTC' - interval '15 hours'`,
    Prisma.sql`${last}::timestamp AT TIME ZONE 'UTC' + interval '39 hours'`,
  ];
}

/** These days no longer exist: they were another zone's. */
export async function deleteAllRetryDays(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`DELETE FROM rollup_retry_day WHERE tenant_id = ${tenantId}::uuid`;
  await db.$executeRaw`DELETE FROM rollup_failure_day WHERE tenant_id = ${tenantId}::uuid`;
}
