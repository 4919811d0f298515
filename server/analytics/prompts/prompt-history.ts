import { addDays, localDay, startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import type { Range } from "../range";

/** Everything that the roll-ups know, in whole local days; null: nothing yet. */
export async function wholeHistory(db: Db, ctx: Ctx): Promise<Range | null> {
  const { id: tenantId, timeZone } = ctx.tenant;
  const rows = await db.$queryRaw<{ first: Date | null; last: Date | null }[]>`
    SELECT min(slot) AS first, max(slot) AS last FROM rollup_slot WHERE tenant_id = ${tenantId}::uuid`;
  const { first, last } = rows[0] ?? {};
  if (!first || !last) return null;
  const days = { first: localDay(first, timeZone), last: localDay(last, timeZone) };
  return {
    from: startOfDay(days.first, timeZone),
    to: startOfDay(addDays(days.last, 1), timeZone),
    days,
  };
}
