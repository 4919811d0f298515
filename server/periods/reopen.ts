import { recordAudit } from "@/server/audit/record";
import { actorId, requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { isRepricing } from "@/server/repricing/is-repricing";
import { noteReopened } from "@/server/statements/reopened-query";
import { deleteClosing } from "./closing-queries";
import { deletePeriod, listClosed, lockBooks } from "./queries";
import { ReopenPeriodInput } from "./schemas";

/**
 * Opens a closed month again. Its statement stays as it was, marked with who opened the month and why; closing it again
 * makes another revision.
 * @throws DomainError NOT_FOUND where it is not closed, CONFLICT while a later month is closed or calls are priced anew
 */
export async function reopenPeriod(ctx: Ctx, input: ReopenPeriodInput): Promise<{ revision: number | null }> {
  requireRight(ctx.actor, "periods:reopen");
  requirePerson(ctx.actor);
  const { month, reason } = ReopenPeriodInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await lockBooks(db, tenantId);
    const closed = await listClosed(db, tenantId);
    if (!closed.some((period) => period.month === month)) {
      throw new DomainError("NOT_FOUND", "This month is not closed.");
    }
    if (closed.some((period) => period.month > month)) {
      throw new DomainError(
        "CONFLICT",
        "A later month is closed, and corrects this one; open that one first.",
      );
    }
    if (await isRepricing(db, ctx)) {
      throw new DomainError("CONFLICT", "Calls are being priced anew; open the month when that has ended.");
    }
    const by = actorId(ctx.actor);
    const revision = await noteReopened(db, tenantId, { month, at: ctx.now, by, reason });
    await deletePeriod(db, tenantId, month);
    // Of its last closing, if nobody was told yet: there is nothing to tell any more.
    await deleteClosing(db, tenantId, month);
    await recordAudit(db, ctx, { action: "period.reopened", subject: month, after: { reason, revision } });
    return { revision };
  });
}
