import { randomBytes } from "node:crypto";
import { bumpRevision } from "@/server/attribution/bump-revision";
import { forgetPolicy } from "@/server/attribution/tenant-policy";
import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { readPseudonyms, savePseudonyms } from "./queries";
import { ShredPseudonymKeyInput } from "./schemas";

const saltBytes = 32;

/**
 * Deletes the key of all pseudonyms for good: nobody, we included, can tell any more who they were. The same people get
 * other pseudonyms from now on.
 * @throws DomainError NOT_FOUND when there is no key
 */
export async function shredPseudonymKey(ctx: Ctx, input: ShredPseudonymKeyInput): Promise<void> {
  requireRight(ctx.actor, "privacy:write");
  ShredPseudonymKeyInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  await ctx.db.write(async (db) => {
    await bumpRevision(db, tenantId, ctx.now);
    const { pseudonymise, salt } = await readPseudonyms(db, tenantId);
    if (!salt) throw new DomainError("NOT_FOUND", "There are no pseudonyms here.");
    await savePseudonyms(db, tenantId, {
      pseudonymise,
      salt: pseudonymise ? randomBytes(saltBytes) : null,
    });
    await recordAudit(db, ctx, { action: "pseudonyms.key-deleted", subject: tenantId });
  });
  forgetPolicy(tenantId);
}
