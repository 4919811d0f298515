import { recordAudit } from "@/server/audit/record";
import { actorId, requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { isRepricing } from "@/server/repricing/is-repricing";
import { spanOf } from "./closed-month";
import { insertPeriod, lockBooks } from "./queries";
import { ClosePeriodInput } from "./schemas";

/**
 * Closes a month for good: its calls keep their amounts, and what changes later is booked as a correction in an open month.
 * @throws DomainError INVALID_INPUT for a month that is not over, CONFLICT when it is closed or a repricing is under way
 */
export async function closePeriod(ctx: Ctx, input: ClosePeriodInput): Promise<{ closedAt: string }> {
  requireRight(ctx.actor, "periods:write");
  requirePerson(ctx.actor);
  const { month } = ClosePeriodInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  if (spanOf(month, timeZone).to > ctx.now) {
    throw new DomainError("INVALID_INPUT", "Only a month that is over can be closed.", { field: "month" });
  }
  await ctx.db.write(async (db) => {
    await lockBooks(db, tenantId);
    if (await isRepricing(db, ctx)) {
      throw new DomainError("CONFLICT", "Calls are being priced anew; close the month when that has ended.");
    }
    const period = { month, timeZone, closedAt: ctx.now, closedBy: actorId(ctx.actor) };
    if (!(await insertPeriod(db, tenantId, period))) {
      throw new DomainError("CONFLICT", "This month is closed already.");
    }
    await recordAudit(db, ctx, { action: "period.closed", subject: month, after: { timeZone } });
  });
  return { closedAt: ctx.now.toISOString() };
}
