import type { LocalDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { countedAt } from "../retention/retention-query";

/** Up to when activity was counted. */
export interface Told {
  /** An instant; null: nothing was counted yet. */
  refreshedAt: string | null;
  /** From this day on, days wait to be counted anew; null: none. */
  provisionalFrom: LocalDay | null;
}

/** To be read in the transaction of the question, which begins at `first`. */
export async function toldOf(db: Db, { tenant }: Ctx, first: LocalDay): Promise<Told> {
  const { refreshedAt, timeZone, waitsFrom } = await countedAt(db, tenant.id);
  // Counted in another zone, all of it waits.
  const isOfZone = timeZone === null || timeZone === tenant.timeZone;
  return {
    refreshedAt: refreshedAt?.toISOString() ?? null,
    provisionalFrom: isOfZone ? waitsFrom : first,
  };
}
