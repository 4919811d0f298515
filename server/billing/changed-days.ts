import { addDays, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { stateAndMarks } from "@/server/rollups/freshness-query";
import { decideWatermark } from "@/server/rollups/watermark";
import { knownDays } from "./days-query";
import type { Meter } from "./queries";
import { dayFingerprints } from "./usage-query";
import { dayMs, hourMs, hourOf } from "./window";

/** Ten days more than Stripe takes usage for: what comes later is looked for once a day (plan-older.ts). */
export const usualLookBackDays = 45;

/** Whole hours of UTC that hold a local day; in some zones an hour belongs to two. */
export function hoursOfDay(day: LocalDay, timeZone: string): { from: Date; to: Date } {
  const end = startOfDay(addDays(day, 1), timeZone).getTime();
  return { from: hourOf(startOfDay(day, timeZone)), to: new Date(Math.ceil(end / hourMs) * hourMs) };
}

/**
 * Local days whose final hours look different from when they were put into the outbox, the oldest first.
 * @param meters of one connection, at least one
 * @returns and up to when hours are final
 */
export async function changedDays(
  db: Db,
  ctx: Ctx,
  meters: readonly Meter[],
  lookBackDays: number,
): Promise<{ final: Date; changed: { day: LocalDay; fingerprint: string }[] }> {
  const { id: tenantId, timeZone, latencyBufferMinutes } = ctx.tenant;
  const { oldestMarkedAt, hours } = await stateAndMarks(db, tenantId);
  const watermark = decideWatermark(ctx.now, oldestMarkedAt, hours, latencyBufferMinutes);
  const final = hourOf(watermark.finalThrough);
  const [first] = meters;
  if (!first) return { final, changed: [] };
  const began = Math.min(...meters.map(({ startsAt }) => startsAt.getTime()));
  const earliest = new Date(Math.max(began, ctx.now.getTime() - lookBackDays * dayMs));
  const days = { from: localDay(earliest, timeZone), to: localDay(ctx.now, timeZone) };
  const seen = await dayFingerprints(db, tenantId, { ...days, timeZone });
  const known = await knownDays(db, tenantId, first.connectionId, days.from, days.to);
  const changed = [...new Set([...seen.keys(), ...known.keys()])].sort().flatMap((day) => {
    const through = Math.min(final.getTime(), hoursOfDay(day, timeZone).to.getTime());
    const fingerprint = `${seen.get(day) ?? "nothing"} ${new Date(through).toISOString()}`;
    return known.get(day) === fingerprint ? [] : [{ day, fingerprint }];
  });
  return { final, changed };
}
