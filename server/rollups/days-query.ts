import { Prisma } from "@/prisma/generated/client";
import type { Run } from "./runs";

const raw = (text: string) => Prisma.raw(text);

/**
 * What belongs to a local day is told by casting, not by its bounds: where clocks change at midnight a bound is
 * ambiguous. The bounds only narrow the scan, a zone being at most 15 hours from UTC.
 */
export const inDays = (column: string, timeZone: string, days: Run<string>) => Prisma.sql`
  ${raw(column)} >= ${days.first}::timestamp AT TIME ZONE 'UTC' - interval '15 hours'
  AND ${raw(column)} < ${days.last}::timestamp AT TIME ZONE 'UTC' + interval '39 hours'
  AND (${raw(column)} AT TIME ZONE ${timeZone})::date BETWEEN ${days.first}::date AND ${days.last}::date`;
