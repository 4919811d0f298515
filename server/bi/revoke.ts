import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { dropReaderRole, findReader } from "./queries";
import { ReaderInput } from "./schemas";

/**
 * Ends a reader for good: its role is dropped and its sessions end at once, in the middle of a statement if need be.
 * @throws DomainError NOT_FOUND, also when it was revoked before
 */
export async function revokeReader(ctx: Ctx, input: ReaderInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "bi:write");
  const { id } = ReaderInput.parse(input);
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    const reader = await findReader(db, { tenantId, id });
    const roleName = await dropReaderRole(db, id);
    if (!reader || roleName === null) throw new DomainError("NOT_FOUND", "There is no such reader.");
    await recordAudit(db, ctx, {
      action: "bi-reader.revoked",
      subject: id,
      before: { name: reader.name, roleName },
    });
  });
  return { id };
}
