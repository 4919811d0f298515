import { recordAudit } from "@/server/audit/record";
import { requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { deleteClosing, listClosings } from "./closing-queries";
import { lockBooks } from "./queries";
import { CancelClosingInput } from "./schemas";

/**
 * Leaves a month open that was to be closed.
 * @throws DomainError NOT_FOUND where it was not to be, CONFLICT when it is closed by now
 */
export async function cancelClosing(ctx: Ctx, input: CancelClosingInput): Promise<void> {
  requireRight(ctx.actor, "periods:write");
  requirePerson(ctx.actor);
  const { month } = CancelClosingInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  await ctx.db.write(async (db) => {
    await lockBooks(db, tenantId);
    const closing = (await listClosings(db, tenantId)).find((other) => other.month === month);
    if (!closing) throw new DomainError("NOT_FOUND", "This month does not wait to be closed.");
    if (closing.closedAt) throw new DomainError("CONFLICT", "This month is closed by now.");
    await deleteClosing(db, tenantId, month);
    await recordAudit(db, ctx, { action: "period.closing-cancelled", subject: month });
  });
}
