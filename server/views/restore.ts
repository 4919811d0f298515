import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { auditShared } from "./audit-view";
import { requireChangeable } from "./may-change";
import { changeView, findView, lockViews } from "./queries";
import { requireFreeName, requireRoom } from "./require-free";
import { restorableHours, ViewInput } from "./schemas";

/**
 * Brings a deleted view back. One that is there stays as it is.
 * @throws DomainError NOT_FOUND after a day, CONFLICT when its name was taken in the meantime, FORBIDDEN
 */
export async function restoreView(ctx: Ctx, input: ViewInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "views:write");
  const { id } = ViewInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  const oldest = new Date(ctx.now.getTime() - restorableHours * 3_600_000);
  await ctx.db.write(async (db) => {
    await lockViews(db, ctx.tenant.id);
    const view = requireChangeable(ctx.actor, await findView(db, key.tenantId, id));
    if (!view.deletedAt) return;
    if (view.deletedAt < oldest) throw new DomainError("NOT_FOUND", "It was deleted too long ago.");
    const shelf = { ...view, tenantId: key.tenantId };
    await requireRoom(db, shelf);
    await requireFreeName(db, shelf, view.name, id);
    await changeView(db, key, { deletedAt: null }, ctx.now);
    await auditShared(db, ctx, "view.restored", view);
  });
  return { id };
}
