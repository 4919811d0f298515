import { randomBytes } from "node:crypto";
import { bumpRevision } from "@/server/attribution/bump-revision";
import { forgetPolicy } from "@/server/attribution/tenant-policy";
import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { readPseudonyms, savePseudonyms } from "./queries";
import { SetPseudonymsInput } from "./schemas";

const saltBytes = 32;

/**
 * From now on (in other processes: 5 s from now) user ids are stored as pseudonyms, or as sent. What is stored already
 * stays. The key outlives being switched off, so that the same people get the same pseudonyms again.
 */
export async function setPseudonyms(ctx: Ctx, input: SetPseudonymsInput): Promise<{ pseudonymise: boolean }> {
  requireRight(ctx.actor, "privacy:write");
  const { pseudonymise } = SetPseudonymsInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  await ctx.db.write(async (db) => {
    await bumpRevision(db, tenantId, ctx.now);
    const before = await readPseudonyms(db, tenantId);
    const salt = before.salt ?? (pseudonymise ? randomBytes(saltBytes) : null);
    await savePseudonyms(db, tenantId, { pseudonymise, salt });
    await recordAudit(db, ctx, {
      action: "pseudonyms.set",
      subject: tenantId,
      before: { pseudonymise: before.pseudonymise },
      after: { pseudonymise },
    });
  });
  forgetPolicy(tenantId);
  return { pseudonymise };
}
