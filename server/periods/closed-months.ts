import type { Db } from "@/server/db";
import type { Ctx } from "@/server/context";
import { type ClosedMonth, spanOf } from "./closed-month";
import { listClosed } from "./queries";

/** The tenant's closed months, inside a transaction that is about to change past calls. */
export async function closedMonths(db: Db, ctx: Ctx): Promise<ClosedMonth[]> {
  const periods = await listClosed(db, ctx.tenant.id);
  return periods.map(({ month, timeZone }) => ({ month, timeZone, ...spanOf(month, timeZone) }));
}
