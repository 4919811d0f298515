import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { bumpRevision } from "./bump-revision";
import { readPolicy, savePolicy } from "./queries";
import { SetTagPolicyInput, type TagPolicy } from "./schemas";
import { forgetPolicy } from "./tenant-policy";

/** Says what happens to calls without a tag. Calls that are in stay as they are. */
export async function setTagPolicy(ctx: Ctx, input: SetTagPolicyInput): Promise<TagPolicy> {
  requireRight(ctx.actor, "attribution:write");
  const { tagPolicy } = SetTagPolicyInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  const after = await ctx.db.write(async (db) => {
    await bumpRevision(db, tenantId, ctx.now);
    const before = await readPolicy(db, tenantId);
    await savePolicy(db, tenantId, { tagPolicy });
    const { tagPolicy: after } = await readPolicy(db, tenantId);
    await recordAudit(db, ctx, {
      action: "tag-policy.set",
      subject: tenantId,
      before: before.tagPolicy,
      after,
    });
    return after;
  });
  forgetPolicy(tenantId);
  return after;
}
