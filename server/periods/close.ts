import { recordAudit } from "@/server/audit/record";
import { actorId, requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { spanOf } from "./closed-month";
import { deleteClosing, saveClosing } from "./closing-queries";
import { listClosed, lockBooks } from "./queries";
import { type Blocker, ClosePeriodInput } from "./schemas";
import { tryClosing } from "./try-closing";

export type ClosingAnswer =
  | { state: "closed"; closedAt: string; revision: number; amountUsd: string; contentHash: string }
  /** It is closed by itself once nothing keeps it open any more. */
  | { state: "closing"; waitsFor: Blocker[] };

/**
 * Closes a month: its figures are frozen as a statement, its calls keep their amounts, and what changes later is booked as a
 * correction in an open month. Where something keeps it open, it is noted that it is to be closed. Exports that differ are
 * passed over when somebody says why.
 * @throws DomainError INVALID_INPUT for a month that is not over, CONFLICT when it is closed, INTERNAL where its figures
 * contradict each other
 */
export async function closePeriod(ctx: Ctx, input: ClosePeriodInput): Promise<ClosingAnswer> {
  requireRight(ctx.actor, "periods:write");
  requirePerson(ctx.actor);
  const { month, despite = null } = ClosePeriodInput.parse(input);
  const { id: tenantId, timeZone } = ctx.tenant;
  if (spanOf(month, timeZone).to > ctx.now) {
    throw new DomainError("INVALID_INPUT", "Only a month that is over can be closed.", { field: "month" });
  }
  const askedBy = actorId(ctx.actor);
  return ctx.db.books(async (db): Promise<ClosingAnswer> => {
    await lockBooks(db, tenantId);
    if ((await listClosed(db, tenantId)).some((period) => period.month === month)) {
      throw new DomainError("CONFLICT", "This month is closed already.");
    }
    const tried = await tryClosing(db, ctx, month, { askedBy, despite });
    if ("waitsFor" in tried) {
      const { waitsFor } = tried;
      const times = { requestedAt: ctx.now, checkedAt: ctx.now, closedAt: null };
      const isNew = await saveClosing(db, tenantId, {
        month,
        requestedBy: askedBy,
        waitsFor,
        despite,
        ...times,
      });
      const after = {
        waitsFor: waitsFor.map(({ code }) => code).join(", "),
        ...(despite !== null && { despite }),
      };
      if (isNew) await recordAudit(db, ctx, { action: "period.closing", subject: month, after });
      return { state: "closing", waitsFor };
    }
    await deleteClosing(db, tenantId, month);
    const { revision, amountUsd, contentHash } = tried.statement;
    return { state: "closed", closedAt: ctx.now.toISOString(), revision, amountUsd, contentHash };
  });
}
