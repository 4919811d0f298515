import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { auditShared } from "./audit-view";
import { requireChangeable } from "./may-change";
import { changeView, findView, lockViews } from "./queries";
import { paramsOf, UpdateViewInput } from "./schemas";

/**
 * Lets a view that is there lead to another screen or scope, under the name that it has.
 * @throws DomainError NOT_FOUND, FORBIDDEN for a shared one of somebody else
 */
export async function updateView(ctx: Ctx, input: UpdateViewInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "views:write");
  const { id, screen, query } = UpdateViewInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    await lockViews(db, ctx.tenant.id);
    const view = requireChangeable(ctx.actor, await findView(db, key.tenantId, id));
    if (view.deletedAt) throw new DomainError("NOT_FOUND", "There is no such view.");
    await changeView(db, key, { screen, params: paramsOf(query) }, ctx.now);
    await auditShared(db, ctx, "view.changed", { ...view, screen });
  });
  return { id };
}
