import type { Ctx } from "@/server/context";
import { patiently } from "@/server/imports/patiently";
import { markHours } from "@/server/rollups/queries";
import { rollUp } from "@/server/rollups/roll-up";

const hoursAtOnce = 240;

/** Marks the hours and rolls them up, a few days at a time, so that a killed seed leaves few marks behind. */
export async function rollUpHours(
  ctx: Ctx,
  hours: readonly Date[],
  rolled: (hours: number) => void = () => undefined,
): Promise<void> {
  for (let from = 0; from < hours.length; from += hoursAtOnce) {
    const some = hours.slice(from, from + hoursAtOnce);
    await patiently(() => ctx.db.rollup((db) => markHours(db, ctx.tenant.id, some)));
    while ((await patiently(() => rollUp(ctx))).more);
    rolled(some.length);
  }
}
