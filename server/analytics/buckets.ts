import { Prisma } from "@/prisma/generated/client";
import type { Granularity } from "./schemas";

const raw = (text: string) => Prisma.raw(text);

/**
 * What a range is cut into: a report's granularity, or weekday and hour as the clock on the wall shows them ("7 02" is
 * Sunday, from two to three).
 */
export type Cut = Granularity | "wallHour";
/** Cuts that no day is made of. */
export const isFinerThanDay = (cut: Cut) => cut === "hour" || cut === "wallHour";

/** The bucket of a local day (or a month's first). */
export function dayBucket(column: string, granularity: Cut): Prisma.Sql {
  if (granularity === "day") return raw(`to_char(${column}, 'YYYY-MM-DD')`);
  return granularity === "month" ? raw(`to_char(${column}, 'YYYY-MM')`) : raw("NULL::text");
}

/** The bucket of an instant. */
export function instantBucket(column: string, granularity: Cut, timeZone: string): Prisma.Sql {
  const local = Prisma.sql`${raw(column)} AT TIME ZONE ${timeZone}`;
  if (granularity === "hour")
    return Prisma.sql`to_char(date_trunc('hour', ${raw(column)}, ${timeZone}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  if (granularity === "wallHour") return Prisma.sql`to_char(${local}, 'ID HH24')`;
  if (granularity === "day") return Prisma.sql`to_char(${local}, 'YYYY-MM-DD')`;
  return granularity === "month" ? Prisma.sql`to_char(${local}, 'YYYY-MM')` : raw("NULL::text");
}
