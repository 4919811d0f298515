import { Prisma } from "@/prisma/generated/client";
import type { Granularity } from "./schemas";

const raw = (text: string) => Prisma.raw(text);

/** The bucket of a local day (or a month's first). */
export function dayBucket(column: string, granularity: Granularity): Prisma.Sql {
  if (granularity === "day") return raw(`to_char(${column}, 'YYYY-MM-DD')`);
  return granularity === "month" ? raw(`to_char(${column}, 'YYYY-MM')`) : raw("NULL::text");
}

/** The bucket of an instant. */
export function instantBucket(column: string, granularity: Granularity, timeZone: string): Prisma.Sql {
  const local = Prisma.sql`${raw(column)} AT TIME ZONE ${timeZone}`;
  if (granularity === "hour")
    return Prisma.sql`to_char(date_trunc('hour', ${raw(column)}, ${timeZone}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
  if (granularity === "day") return Prisma.sql`to_char(${local}, 'YYYY-MM-DD')`;
  return granularity === "month" ? Prisma.sql`to_char(${local}, 'YYYY-MM')` : raw("NULL::text");
}
