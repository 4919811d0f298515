import { z } from "zod";
import { localDay } from "@/server/calendar/local-day";
import { withJobs } from "@/server/db";
import { dueWeek } from "./week";

const Zone = z.object({ tenantId: z.string(), timeZone: z.string() });

export interface DueReview {
  tenantId: string;
  /** The same all day for this tenant and week: once a day it is tried, however often the calendar is looked at. */
  id: string;
}

/** For whom it is Monday, eight o'clock or later. Whether theirs is made already is for `makeReview` to see. */
export async function listDueReviews(now: Date): Promise<DueReview[]> {
  const rows = await withJobs((db) => db.tenant.findMany({ select: { tenantId: true, timeZone: true } }));
  return z
    .array(Zone)
    .parse(rows)
    .flatMap(({ tenantId, timeZone }) => {
      const week = dueWeek(now, timeZone);
      return week === null ? [] : [{ tenantId, id: `review:${tenantId}:${week}:${localDay(now, timeZone)}` }];
    });
}
