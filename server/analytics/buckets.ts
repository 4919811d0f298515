import { Prisma } from "@/prisma/generated/client";
import type { Granularity } from "./schemas";

const raw = (text: string) => Prisma.raw(text);

/**
 * What a range is cut into: a report's granularity, or the hour of the week as the clock on the wall shows it, counted from
 * Monday's first.
 */
export type Cut = Granularity | "wallHour" | "quarter";
/** Cuts that no day is made of. */
export const isFinerThanDay = (cut: Cut) => cut === "hour" || cut === "wallHour" || cut === "quarter";

/** 0 is Monday's first hour, 167 Sunday's last; of a time without a zone. A year has 35,040 quarters: to_char is too slow. */
export const hourOfWeek = (local: Prisma.Sql) =>
  // The epoch began on a Thursday.
  Prisma.sql`((date_part('epoch', ${local})::bigint / 3600 + 72) % 168)::int`;

/**
 * The bucket of a local day (or the first of a block or month). A day is a date, to be written out once it is grouped by: the
 * text of every row would take longer than its sums.
 */
export function dayBucket(column: string, granularity: Cut): Prisma.Sql {
  if (granularity === "day") return raw(column);
  return granularity === "month" ? raw(`to_char(${column}, 'YYYY-MM')`) : raw("NULL::text");
}

/** The bucket of an instant. */
export function instantBucket(column: string, granularity: Cut, timeZone: string): Prisma.Sql {
  const local = Prisma.sql`${raw(column)} AT TIME ZONE ${timeZone}`;
  if (granularity === "hour")
    return Prisma.sql`to_char(date_trunc('hour', ${raw(column)}, ${timeZone}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  if (granularity === "quarter") return Prisma.sql`(date_part('epoch', ${raw(column)}) / 900)::int`;
  if (granularity === "wallHour") return hourOfWeek(local);
  if (granularity === "day") return Prisma.sql`(${local})::date`;
  return granularity === "month" ? Prisma.sql`to_char(${local}, 'YYYY-MM')` : raw("NULL::text");
}
