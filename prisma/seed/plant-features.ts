import type { Ctx } from "@/server/context";
import type { SetFeatureInput } from "@/server/features/schemas";
import { setFeature } from "@/server/features/set";
import { as, type DemoPeople } from "./demo-people";
import { instantDaysAgo } from "./rhythm";
import { stories } from "./stories";
import { usageStories } from "./usage-stories";

const { heavierPrompt, retryLoop, unusedFeatures } = stories;
const { conversions, protectedFeature, seasonalFeature } = usageStories;

type Said = Omit<SetFeatureInput, "ownerId"> & { owner: keyof DemoPeople };

const said: readonly Said[] = [
  { feature: "support-chat", owner: "admin", conversionEvent: conversions["support-chat"] },
  { feature: heavierPrompt.feature, owner: "admin", conversionEvent: conversions[heavierPrompt.feature] },
  { feature: retryLoop.feature, owner: "owner", conversionEvent: conversions[retryLoop.feature] },
  {
    feature: protectedFeature.feature,
    owner: "owner",
    conversionEvent: conversions[protectedFeature.feature],
    protectedReason: protectedFeature.reason,
  },
  { feature: seasonalFeature.feature, owner: "finance", seasonalMonths: [...seasonalFeature.months] },
  { feature: unusedFeatures.features[1], owner: "admin" },
];

/** What its people said of the demo's features, some weeks ago. */
export async function plantFeatures(ctx: Ctx, people: DemoPeople): Promise<void> {
  const at = instantDaysAgo(ctx.now, ctx.tenant.timeZone, 50, 11);
  for (const { owner, ...setting } of said)
    await setFeature(as(ctx, people.finance, at), { ...setting, ownerId: people[owner].personId });
}
