import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { addDays, localDay } from "@/server/calendar/local-day";
import type { Db } from "@/server/db";
import { instantBucket } from "./buckets";
import type { Range } from "./range";
import type { Granularity } from "./schemas";

const quarterMs = 15 * 60_000;

/** Every bucket of a range, in order, told as points tell theirs (buckets.ts). */
export async function bucketsOf(
  db: Db,
  range: Pick<Range, "from" | "to">,
  granularity: Exclude<Granularity, "total">,
  timeZone: string,
): Promise<string[]> {
  if (granularity === "hour") {
    // Only the database knows which hour a repeated one is told as.
    const rows = await db.$queryRaw(Prisma.sql`
      SELECT bucket FROM (
        SELECT ${instantBucket("slot", "hour", timeZone)} AS bucket, min(slot) AS first
        FROM generate_series(${range.from}::timestamptz, ${range.to}::timestamptz - interval '15 minutes', interval '15 minutes') AS slot
        GROUP BY 1
      ) AS cut ORDER BY first`);
    return z
      .array(z.object({ bucket: z.string() }))
      .parse(rows)
      .map(({ bucket }) => bucket);
  }
  const last = localDay(new Date(range.to.getTime() - 1), timeZone);
  const days: string[] = [];
  for (let day = localDay(range.from, timeZone); day <= last; day = addDays(day, 1)) days.push(day);
  return granularity === "day" ? days : [...new Set(days.map((day) => day.slice(0, 7)))];
}

/** The part of a range in which there could be a call: from the first one ever to now. Null: none. */
export function knownStretch(
  range: Range,
  firstCallAt: Date | null,
  now: Date,
): Pick<Range, "from" | "to"> | null {
  const slotOf = (instant: Date) => Math.floor(instant.getTime() / quarterMs) * quarterMs;
  if (!firstCallAt) return null;
  const from = new Date(Math.max(range.from.getTime(), slotOf(firstCallAt)));
  const to = new Date(Math.min(range.to.getTime(), slotOf(now) + quarterMs));
  return from < to ? { from, to } : null;
}
