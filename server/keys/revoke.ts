import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { keyExists, revokeKeyRow } from "./queries";
import { RevokeKeyInput } from "./schemas";

/**
 * Ends a key for good; every process refuses it within a second (verifier.ts). Revoking it again changes nothing.
 * @throws DomainError NOT_FOUND
 */
export async function revokeKey(ctx: Ctx, input: RevokeKeyInput): Promise<{ id: string }> {
  requireRight(ctx.actor, "keys:write");
  const { id } = RevokeKeyInput.parse(input);
  const tenantId = ctx.tenant.id;
  await ctx.db.write(async (db) => {
    const revoked = await revokeKeyRow(db, { tenantId, id, revokedAt: ctx.now });
    if (revoked) {
      await recordAudit(db, ctx, { action: "key.revoked", subject: id, before: revoked });
    } else if (!(await keyExists(db, { tenantId, id }))) {
      throw new DomainError("NOT_FOUND", "There is no such key.");
    }
  });
  return { id };
}
