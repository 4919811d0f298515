import { requireRight } from "@/server/auth/permissions";
import type { Ctx } from "@/server/context";
import type { FeatureSetting } from "./schemas";
import { featureSettings } from "./settings";

/** What has been said of the tenant's features; those of which nothing was said are left out. */
export async function listFeatureSettings(ctx: Ctx): Promise<{ settings: FeatureSetting[] }> {
  requireRight(ctx.actor, "reports:read");
  return { settings: await ctx.db.read((db) => featureSettings(db, ctx.tenant.id)) };
}
