import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { enqueueReport } from "@/server/delivery/enqueue-report";
import { senderOf } from "@/server/delivery/sender";
import { deleteTold, listClosings } from "@/server/periods/closing-queries";
import { statementMessage } from "./message";
import { findStatement } from "./queries";

/**
 * Tells whoever takes reports of the months that the job has closed, each revision once: by its key it is written down
 * once, should this be interrupted before it is noted.
 * @returns how many messages were written down
 */
export async function tellClosed(ctx: Ctx): Promise<{ messages: number }> {
  requireRight(ctx.actor, "periods:write");
  const { id: tenantId } = ctx.tenant;
  const closings = await ctx.db.write((db) => listClosings(db, tenantId));
  let messages = 0;
  for (const { month } of closings.filter(({ closedAt }) => closedAt !== null)) {
    const head = await ctx.db.write((db) => findStatement(db, tenantId, month, undefined));
    if (head) {
      const key = head.revision === 1 ? `statement:${month}` : `statement:${month}:${String(head.revision)}`;
      const message = statementMessage(head, senderOf(ctx));
      messages += (await enqueueReport(ctx, { key, message })).destinations;
    }
    await ctx.db.write((db) => deleteTold(db, tenantId, month));
  }
  return { messages };
}
