import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { auditShared } from "./audit-view";
import { requireChangeable } from "./may-change";
import { changeView, findView, lockViews } from "./queries";
import { requireFreeName } from "./require-free";
import { RenameViewInput } from "./schemas";

/** @throws DomainError NOT_FOUND, CONFLICT for a name that is taken, FORBIDDEN for a shared one of somebody else */
export async function renameView(ctx: Ctx, input: RenameViewInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "views:write");
  const { id, name } = RenameViewInput.parse(input);
  const key = { tenantId: ctx.tenant.id, id };
  await ctx.db.write(async (db) => {
    await lockViews(db, ctx.tenant.id);
    const view = requireChangeable(ctx.actor, await findView(db, key.tenantId, id));
    if (view.deletedAt) throw new DomainError("NOT_FOUND", "There is no such view.");
    await requireFreeName(db, { ...view, tenantId: key.tenantId }, name, id);
    await changeView(db, key, { name }, ctx.now);
    await auditShared(db, ctx, "view.renamed", { ...view, name }, { name: view.name });
  });
  return { id };
}
