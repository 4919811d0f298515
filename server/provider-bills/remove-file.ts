import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { compareFile } from "./compare-file";
import { findFile, lockFiles, markRemoved } from "./file-queries";
import { BillFileInput } from "./schemas";

/**
 * Takes a file back: its days are again what other reads say of them, or unread. Its lines stay, and count no more.
 * @throws DomainError NOT_FOUND, CONFLICT when it was removed before
 */
export async function removeBillFile(ctx: Ctx, input: BillFileInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "calls:import");
  const { id } = BillFileInput.parse(input);
  const tenantId = ctx.tenant.id;
  const file = await ctx.db.write(async (db) => {
    await lockFiles(db, tenantId);
    const found = await findFile(db, tenantId, id);
    if (!found) throw new DomainError("NOT_FOUND", "There is no such file.");
    if (found.removedAt) throw new DomainError("CONFLICT", "This file was removed before.");
    await markRemoved(db, tenantId, id, { removedAt: ctx.now, removedBy: actorId(ctx.actor) });
    const { provider, fileName, fileHash: sha256, firstDay, lastDay } = found;
    await recordAudit(db, ctx, {
      action: "bill.file_removed",
      subject: id,
      before: { provider, fileName, sha256, firstDay, lastDay },
    });
    return found;
  });
  await compareFile(ctx, file);
  return { id };
}
