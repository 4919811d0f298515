import { isDeepStrictEqual } from "node:util";
import { recordAudit } from "@/server/audit/record";
import { actorId, requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { DomainError } from "@/server/errors";
import { isMember } from "@/server/members/is-member";
import { countSettings, featureSetting, forgetSetting, lockFeatures, saveSetting } from "./queries";
import { auditedFacts, saysNothing, unsaid } from "./said";
import { type FeatureSetting, mostFeatureSettings, SetFeatureInput } from "./schemas";

/**
 * Says what holds for a feature from now on, in place of what was said. Taken back by setting what `before` says. Saying
 * what holds already changes nothing.
 * @throws DomainError INVALID_INPUT for an owner who is no member, CONFLICT for one feature too many
 */
export async function setFeature(
  ctx: Ctx,
  input: SetFeatureInput,
): Promise<{ setting: FeatureSetting; before: FeatureSetting }> {
  requireRight(ctx.actor, "features:write");
  const setting = SetFeatureInput.parse(input);
  const { feature, ownerId } = setting;
  const { id: tenantId } = ctx.tenant;
  return ctx.db.write(async (db) => {
    await lockFeatures(db, tenantId);
    const known = await featureSetting(db, tenantId, feature);
    const before = known ?? unsaid(feature);
    if (isDeepStrictEqual(before, setting)) return { setting, before };
    // Somebody who has left may stay named: who changes something else need not find another owner.
    if (ownerId !== null && ownerId !== before.ownerId && !(await isMember(db, tenantId, ownerId)))
      throw new DomainError("INVALID_INPUT", "The owner must be a member.", { field: "ownerId" });
    if (saysNothing(setting)) await forgetSetting(db, tenantId, feature);
    else {
      if (!known && (await countSettings(db, tenantId)) >= mostFeatureSettings)
        throw new DomainError(
          "CONFLICT",
          `At most ${String(mostFeatureSettings)} features can have settings; clear one first.`,
        );
      await saveSetting(db, tenantId, setting, { updatedBy: actorId(ctx.actor), updatedAt: ctx.now });
    }
    await recordAudit(db, ctx, {
      action: "feature.set",
      subject: feature,
      before: auditedFacts(before),
      after: auditedFacts(setting),
    });
    return { setting, before };
  });
}
