import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { columnOf } from "@/server/analytics/dimensions";
import type { Built } from "@/server/analytics/pieces";
import { sourceSql } from "@/server/analytics/source-query";
import { addDays, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import type { BudgetSubjectKind } from "./schemas";

const raw = (text: string) => Prisma.raw(text);

/** Which subjects are asked about, of one kind; without `keys`, the tenant as a whole. */
export interface Asked {
  tenantId: string;
  timeZone: string;
  built: Built;
  kind: BudgetSubjectKind;
  keys: readonly string[];
}

/** What a subject cost, by local day. */
export interface DailyCost {
  /** YYYY-MM-DD, ascending; days without a call are not there. */
  days: LocalDay[];
  /** USD of each, as statistics take it. */
  usd: number[];
  /** The same to the last decimal, and the calls whose price nobody knows. */
  exactUsd: string[];
  unpricedCalls: number[];
}

const Daily = z.object({
  key: z.string(),
  days: z.array(z.string()),
  usd: z.array(z.number()),
  exactUsd: z.array(z.string()),
  unpricedCalls: z.array(z.number()),
});

const rangeOf = (first: LocalDay, last: LocalDay, timeZone: string) => ({
  from: startOfDay(first, timeZone),
  to: startOfDay(addDays(last, 1), timeZone),
  days: { first, last },
});

const question = ({ kind, keys, ...of }: Asked) => ({
  ...of,
  dimensions: kind === "tenant" ? [] : [kind],
  filter: kind === "tenant" ? {} : { [kind]: [...keys] },
  knownAt: null,
});
const keyOf = (kind: BudgetSubjectKind) => raw(kind === "tenant" ? "''" : columnOf[kind]);

/** The days of each subject, by its key ("" is the tenant), in one query. Who has no call in them is not there. */
export async function dailyCosts(
  db: Db,
  asked: Asked,
  first: LocalDay,
  last: LocalDay,
): Promise<Map<string, DailyCost>> {
  const range = rangeOf(first, last, asked.timeZone);
  const source = sourceSql({ ...question(asked), range, granularity: "day" });
  const rows = await db.$queryRaw`
    SELECT key, array_agg(bucket::text ORDER BY bucket) AS days, array_agg(cost::float8 ORDER BY bucket) AS usd,
      array_agg(trim_scale(cost)::text ORDER BY bucket) AS "exactUsd", array_agg(unpriced ORDER BY bucket) AS "unpricedCalls"
    FROM (
      SELECT ${keyOf(asked.kind)} AS key, bucket, sum(cost_usd) AS cost, sum(unpriced_calls)::float8 AS unpriced
      FROM ${source} AS source GROUP BY 1, 2
    ) AS daily GROUP BY key`;
  return new Map(
    z
      .array(Daily)
      .parse(rows)
      .map(({ key, ...daily }) => [key, daily]),
  );
}

const Usual = z.object({ key: z.string(), untilUsd: z.number(), wholeUsd: z.number() });

/**
 * Of days before today, what came until a time of the wall clock and what came in all, by subject.
 * @param hour the hour of the clock that it is, and how much of that hour is over (from 0 to 1)
 */
export async function costUntilHour(
  db: Db,
  asked: Asked,
  days: { first: LocalDay; last: LocalDay },
  { hour, gone }: { hour: number; gone: number },
): Promise<Map<string, { untilUsd: number; wholeUsd: number }>> {
  const range = rangeOf(days.first, days.last, asked.timeZone);
  const source = sourceSql({ ...question(asked), range, granularity: "wallHour" });
  const rows = await db.$queryRaw`
    SELECT ${keyOf(asked.kind)} AS key, coalesce(sum(cost_usd), 0)::float8 AS "wholeUsd",
      coalesce(sum(cost_usd * CASE WHEN bucket % 24 < ${hour}::int THEN 1
        WHEN bucket % 24 = ${hour}::int THEN ${gone}::float8 ELSE 0 END), 0)::float8 AS "untilUsd"
    FROM ${source} AS source GROUP BY 1`;
  return new Map(
    z
      .array(Usual)
      .parse(rows)
      .map(({ key, ...usual }) => [key, usual]),
  );
}
