import { Prisma } from "@/prisma/generated/client";
import { measures } from "@/server/rollups/shape";
import { instantBucket } from "./buckets";
import { filterSql } from "./conditions";
import { columnOf } from "./dimensions";
import { figureNames, figuresSql } from "./figures";
import type { Grouping } from "./schemas";
import { sourceSql, type SourceQuestion } from "./source-query";

export interface SpendQuestion extends Omit<SourceQuestion, "dimensions"> {
  groupBy?: Grouping | undefined;
  limit: number;
}

const raw = (text: string) => Prisma.raw(text);
const measureNames = Object.keys(measures);

/** Corrections stand beside the calls, in the bucket in which they were booked: a closed month stays as it is. */
function correctionsSql(question: SpendQuestion, key: Prisma.Sql): Prisma.Sql {
  const { tenantId, range, granularity, timeZone, knownAt, filter } = question;
  const known = knownAt ? Prisma.sql`AND booked_at <= ${knownAt}::timestamptz` : Prisma.empty;
  return Prisma.sql`SELECT ${key}, ${instantBucket("booked_at", granularity, timeZone)}, ${raw(measureNames.map(() => "0").join(", "))}, delta_usd, 1
    FROM call_correction WHERE tenant_id = ${tenantId}::uuid AND booked_at >= ${range.from}::timestamptz
      AND booked_at < ${range.to}::timestamptz ${known} ${filterSql(filter, (column) => `coalesce(${column}, '')`)}`;
}

/**
 * SQL of a spend question. The first row is the total of everything asked for (grouping set ()), whatever the limit;
 * the others are the groups, dearest first.
 */
export function spendSql(question: SpendQuestion): Prisma.Sql {
  const { groupBy } = question;
  const key = groupBy ? Prisma.sql`nullif(${raw(columnOf[groupBy])}, '')` : raw("NULL::text");
  const source = sourceSql({ ...question, dimensions: groupBy ? [groupBy] : [] });
  return Prisma.sql`
    SELECT key, bucket::text AS bucket, is_total = 3 AS "isTotal", "correctionUsd", "correctionCalls", ${raw(
      figureNames.map((name) => `"${name}"`).join(", "),
    )}
    FROM (
      SELECT key, bucket, grouping(key, bucket) AS is_total, ${figuresSql()}, coalesce(sum(cost_usd), 0) AS dear,
        coalesce(sum(correction_usd), 0)::text AS "correctionUsd", coalesce(sum(corrections), 0)::int AS "correctionCalls"
      FROM (
        SELECT ${key} AS key, bucket, ${raw(measureNames.join(", "))}, 0::numeric AS correction_usd, 0 AS corrections
        FROM ${source} AS source
        UNION ALL ${correctionsSql(question, key)}
      ) AS picked
      GROUP BY GROUPING SETS ((key, bucket), ())
    ) AS summed
    ORDER BY is_total DESC, summed.bucket NULLS FIRST, dear DESC, key NULLS LAST
    LIMIT ${question.limit + 2}`;
}
