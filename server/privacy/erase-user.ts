import { randomBytes, randomUUID } from "node:crypto";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { seal } from "@/server/crypto/seal";
import { eraseFromAlerts, eraseFromBudgets, eraseFromImports, eraseFromViews } from "./erase-query";
import { formsOf } from "./forms-of";
import { insertErasure, readPseudonyms } from "./queries";
import { EraseUserInput } from "./schemas";

export const sealPurpose = "erasure";

/**
 * Has a user forgotten: a job puts a name that means nothing wherever the id stands, and amounts stay. Until it is done
 * the id is kept sealed, then nowhere. Calls that come later with the same id are a new user's.
 */
export async function eraseUser(
  ctx: Ctx,
  input: EraseUserInput,
): Promise<{ erasureId: string; alias: string }> {
  requireRight(ctx.actor, "privacy:write");
  const { userId } = EraseUserInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const erasureId = randomUUID();
  const alias = `erased_${randomBytes(12).toString("base64url")}`;
  await ctx.db.write(async (db) => {
    const { salt } = await readPseudonyms(db, tenantId);
    const ids = formsOf(tenantId, userId, salt);
    await insertErasure(db, {
      tenantId,
      id: erasureId,
      subject: seal(sealPurpose, tenantId, JSON.stringify(ids)),
      alias,
      requestedBy: actorId(ctx.actor),
      requestedAt: ctx.now,
    });
    await eraseFromImports(db, { tenantId, erasureId, ids, alias });
    await eraseFromViews(db, { tenantId, erasureId, ids, alias });
    await eraseFromBudgets(db, { tenantId, erasureId, ids, alias });
    await eraseFromAlerts(db, { tenantId, erasureId, ids, alias });
    await recordAudit(db, ctx, { action: "user.erasure-requested", subject: erasureId, after: { alias } });
  });
  await ctx.emit({ name: "privacy/erase-requested", data: { tenantId } });
  return { erasureId, alias };
}
