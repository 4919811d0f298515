import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { listClosings, noteClosed, saveClosing } from "./closing-queries";
import { listClosed, lockBooks } from "./queries";
import type { Month } from "./schemas";
import { tryClosing } from "./try-closing";

/**
 * Tries again to close the months that wait for it, the oldest first, each in a transaction of its own: whoever dies has
 * closed a month whole or not at all, and of two workers one closes it.
 * @returns the months that were closed now
 */
export async function closeWaiting(ctx: Ctx): Promise<{ closed: Month[] }> {
  requireRight(ctx.actor, "periods:write");
  const { id: tenantId } = ctx.tenant;
  const waiting = await ctx.db.write((db) => listClosings(db, tenantId));
  const closed: Month[] = [];
  for (const { month } of waiting) {
    const isDone = await ctx.db.books(async (db) => {
      await lockBooks(db, tenantId);
      const closing = (await listClosings(db, tenantId)).find((other) => other.month === month);
      // Cancelled, or closed by somebody else, meanwhile.
      if (!closing || closing.closedAt) return false;
      if ((await listClosed(db, tenantId)).some((period) => period.month === month)) return false;
      const tried = await tryClosing(db, ctx, month, {
        askedBy: closing.requestedBy,
        despite: closing.despite,
      });
      if ("statement" in tried) await noteClosed(db, tenantId, month, ctx.now);
      else await saveClosing(db, tenantId, { ...closing, checkedAt: ctx.now, waitsFor: tried.waitsFor });
      return "statement" in tried;
    });
    if (isDone) closed.push(month);
  }
  return { closed };
}
