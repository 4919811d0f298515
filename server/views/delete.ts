import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { auditShared } from "./audit-view";
import { requireChangeable } from "./may-change";
import { changeView, findView, lockViews } from "./queries";
import { ViewInput } from "./schemas";

/**
 * Takes a view away; `restoreView` brings it back within a day. Deleting it again changes nothing.
 * @throws DomainError NOT_FOUND, FORBIDDEN for a shared one of somebody else
 */
export async function deleteView(ctx: Ctx, input: ViewInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "views:write");
  const { id } = ViewInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    await lockViews(db, ctx.tenant.id);
    const view = requireChangeable(ctx.actor, await findView(db, key.tenantId, id));
    if (view.deletedAt) return;
    await changeView(db, key, { deletedAt: ctx.now }, ctx.now);
    await auditShared(db, ctx, "view.deleted", view);
  });
  return { id };
}
