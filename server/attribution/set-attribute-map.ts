import { recordAudit } from "@/server/audit/record";
import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import { bumpRevision } from "./bump-revision";
import { readPolicy, savePolicy } from "./queries";
import { type AttributeMap, SetAttributeMapInput } from "./schemas";
import { forgetPolicy } from "./tenant-policy";

/** Names the attributes of spans, and the metadata of gateways, that are tags of ours. It replaces the whole map. */
export async function setAttributeMap(ctx: Ctx, input: SetAttributeMapInput): Promise<AttributeMap> {
  requireRight(ctx.actor, "attribution:write");
  const { attributeMap } = SetAttributeMapInput.parse(input);
  const { id: tenantId } = ctx.tenant;
  await ctx.db.write(async (db) => {
    await bumpRevision(db, tenantId, ctx.now);
    const before = await readPolicy(db, tenantId);
    await savePolicy(db, tenantId, { attributeMap });
    await recordAudit(db, ctx, {
      action: "attribute-map.set",
      subject: tenantId,
      before: { ...before.attributeMap },
      after: attributeMap,
    });
  });
  forgetPolicy(tenantId);
  return attributeMap;
}
