import { z } from "zod";
import { localDay } from "@/server/calendar/local-day";
import { withJobs } from "@/server/db";
import { lookHour } from "./schemas";

const Zone = z.object({ tenantId: z.string(), timeZone: z.string() });

export interface DueLook {
  tenantId: string;
  /** The same all day for this tenant: once a day it is looked at, however often the calendar is. */
  id: string;
}

/** For whom it is five in the morning or later. */
export async function listDueLooks(now: Date): Promise<DueLook[]> {
  const rows = await withJobs((db) => db.tenant.findMany({ select: { tenantId: true, timeZone: true } }));
  return z
    .array(Zone)
    .parse(rows)
    .filter(({ timeZone }) => localHour(now, timeZone) >= lookHour)
    .map(({ tenantId, timeZone }) => ({
      tenantId,
      id: `recommendations:${tenantId}:${localDay(now, timeZone)}`,
    }));
}

function localHour(now: Date, timeZone: string): number {
  return Number(
    new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", hourCycle: "h23" }).format(now),
  );
}
