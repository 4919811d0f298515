import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { bucketColumns } from "@/server/calls/ledger-columns";
import type { Db } from "@/server/db";
import { tokenBuckets } from "@/server/prices/buckets";
import { everything, isWholeCall } from "@/server/rollups/shape";

const raw = (text: string) => Prisma.raw(text);
const tokens = raw(tokenBuckets.map((bucket) => bucketColumns[bucket]).join(" + "));
const whole = raw(isWholeCall);

export interface Span {
  from: Date;
  /** Exclusive. */
  to: Date;
}

const columns = {
  calls: z.string(),
  tokens: z.string(),
  costUsd: z.string(),
};
const Totals = z.object(columns);
/** Decimal strings. */
export type Totals = z.infer<typeof Totals>;

const ofCalls = (tenantId: string, { from, to }: Span) => Prisma.sql`
  FROM call WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz`;
const addedCalls = Prisma.sql`(count(*) FILTER (WHERE ${whole}))::text AS calls, coalesce(sum(${tokens}), 0)::text AS tokens,
  coalesce(sum(cost_usd), 0)::text AS "costUsd"`;
const ofSlots = (tenantId: string, { from, to }: Span) => Prisma.sql`
  FROM rollup_slot_by WHERE tenant_id = ${tenantId}::uuid AND dimension = ${everything}
    AND slot >= ${from}::timestamptz AND slot < ${to}::timestamptz`;
const addedSlots = Prisma.sql`coalesce(sum(calls), 0)::text AS calls, coalesce(sum(${tokens}), 0)::text AS tokens,
  coalesce(sum(cost_usd), 0)::text AS "costUsd"`;

/** Calls of a stretch, added up one by one. */
export async function sumCalls(db: Db, tenantId: string, span: Span): Promise<Totals> {
  return z.tuple([Totals]).parse(await db.$queryRaw`SELECT ${addedCalls} ${ofCalls(tenantId, span)}`)[0];
}

/** The same of its quarter hours, which every report reads. */
export async function sumSlots(db: Db, tenantId: string, span: Span): Promise<Totals> {
  return z.tuple([Totals]).parse(await db.$queryRaw`SELECT ${addedSlots} ${ofSlots(tenantId, span)}`)[0];
}

const Hour = Totals.extend({ hour: z.date() });
export type Hour = z.infer<typeof Hour>;

/** Both sides hour by hour (of UTC): asked only where the totals differ. */
export async function hoursOf(
  db: Db,
  tenantId: string,
  span: Span,
): Promise<{ ledger: Hour[]; rolledUp: Hour[] }> {
  const ledger = await db.$queryRaw`
    SELECT date_trunc('hour', occurred_at, 'UTC') AS hour, ${addedCalls} ${ofCalls(tenantId, span)} GROUP BY 1`;
  const rolledUp = await db.$queryRaw`
    SELECT date_trunc('hour', slot, 'UTC') AS hour, ${addedSlots} ${ofSlots(tenantId, span)} GROUP BY 1`;
  return { ledger: z.array(Hour).parse(ledger), rolledUp: z.array(Hour).parse(rolledUp) };
}

const Marked = z.object({ hour: z.date(), oldest: z.date() });

/** Hours of a stretch with calls that are in no roll-up yet, and since when they wait. */
export async function markedHours(db: Db, tenantId: string, { from, to }: Span): Promise<Date[]> {
  const rows = await db.$queryRaw`
    SELECT hour, min(marked_at) AS oldest FROM rollup_dirty
    WHERE tenant_id = ${tenantId}::uuid AND hour > ${from}::timestamptz - interval '1 hour' AND hour < ${to}::timestamptz GROUP BY hour`;
  return z
    .array(Marked)
    .parse(rows)
    .map(({ hour }) => hour);
}

const Provider = z.object({ provider: z.string(), costUsd: z.string() });

/** What calls of a stretch cost by provider, from the quarter hours. */
export async function providersOf(
  db: Db,
  tenantId: string,
  { from, to }: Span,
): Promise<{ provider: string; costUsd: string }[]> {
  const rows = await db.$queryRaw`
    SELECT value AS provider, sum(cost_usd)::text AS "costUsd" FROM rollup_slot_by
    WHERE tenant_id = ${tenantId}::uuid AND dimension = 'provider' AND value <> ''
      AND slot >= ${from}::timestamptz AND slot < ${to}::timestamptz
    GROUP BY value HAVING sum(cost_usd) <> 0 ORDER BY sum(cost_usd) DESC, value`;
  return z.array(Provider).parse(rows);
}
