import type { Ctx } from "@/server/context";
import type { Db } from "@/server/db";
import { type ClosedMonth, spanToClose } from "@/server/periods/closed-month";
import { closedMonths } from "@/server/periods/closed-months";

/** The stretch that a month is, or would be closed as; and whether it is closed. */
export async function monthSpan(
  db: Db,
  ctx: Ctx,
  month: string,
): Promise<{ span: ClosedMonth; isClosed: boolean }> {
  const closed = await closedMonths(db, ctx);
  const known = closed.find((other) => other.month === month);
  return known
    ? { span: known, isClosed: true }
    : { span: spanToClose(month, ctx.tenant.timeZone, closed), isClosed: false };
}
