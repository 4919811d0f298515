import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { pseudonymise } from "./pseudonym";
import { readPseudonyms } from "./queries";
import { LookUpPseudonymInput } from "./schemas";

/**
 * The pseudonym of a user whose id is known, to find them in reports. The audit log has that somebody looked, not whom up:
 * it can forget nobody.
 * @throws DomainError NOT_FOUND when the tenant never had pseudonyms, or deleted their key
 */
export async function lookUpPseudonym(ctx: Ctx, input: LookUpPseudonymInput): Promise<{ pseudonym: string }> {
  requireRight(ctx.actor, "privacy:write");
  const { userId } = LookUpPseudonymInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    const { salt } = await readPseudonyms(db, tenantId);
    if (!salt) throw new DomainError("NOT_FOUND", "There are no pseudonyms here.");
    await recordAudit(db, ctx, { action: "pseudonym.looked-up", subject: tenantId });
    return { pseudonym: pseudonymise({ pseudonymSalt: salt }, tenantId, userId) };
  });
}
