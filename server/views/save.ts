import { randomUUID } from "node:crypto";
import { requirePerson, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { auditShared } from "./audit-view";
import { insertView, lockViews, purgeDeleted } from "./queries";
import { requireFreeName, requireRoom } from "./require-free";
import { paramsOf, restorableHours, SaveViewInput } from "./schemas";

/**
 * Keeps a screen with its scope under a name.
 * @throws DomainError CONFLICT for a name that is taken, or one view too many
 */
export async function saveView(ctx: Ctx, input: SaveViewInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "views:write");
  const { personId } = requirePerson(ctx.actor);
  const { name, screen, query, shared } = SaveViewInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const shelf = { tenantId, shared, createdBy: personId };
  const view = { ...shelf, id: randomUUID(), name, screen, params: paramsOf(query) };
  await ctx.db.write(async (db) => {
    await lockViews(db, tenantId);
    await purgeDeleted(db, tenantId, new Date(ctx.now.getTime() - restorableHours * 3_600_000));
    await requireRoom(db, shelf);
    await requireFreeName(db, shelf, name);
    await insertView(db, { ...view, now: ctx.now });
    await auditShared(db, ctx, "view.shared", view);
  });
  return { id: view.id };
}
