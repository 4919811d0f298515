import type { Db } from "@/server/db";
import type { Ctx } from "@/server/context";
import { type ClosedMonth, spanOf } from "./closed-month";
import { listClosed, type Period } from "./queries";

/** The tenant's closed months with who closed them and when, the newest first. */
export function closedPeriods(db: Db, ctx: Ctx): Promise<Period[]> {
  return listClosed(db, ctx.tenant.id);
}

/** The tenant's closed months, inside a transaction that is about to change past calls. */
export async function closedMonths(db: Db, ctx: Ctx): Promise<ClosedMonth[]> {
  const periods = await listClosed(db, ctx.tenant.id);
  return periods.map(({ month, timeZone, from, to }) => {
    const whole = spanOf(month, timeZone);
    return { month, timeZone, from: from ?? whole.from, to: to ?? whole.to };
  });
}
