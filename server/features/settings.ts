import type { Db } from "@/server/db";
import type { FeatureSetting } from "./schemas";

export const settingColumns = {
  feature: true,
  ownerId: true,
  conversionEvent: true,
  protectedReason: true,
  seasonalMonths: true,
} as const;

/** What has been said of features, by name. A feature of which nothing was said is not among them. */
export async function featureSettings(db: Db, tenantId: string): Promise<FeatureSetting[]> {
  return db.featureSetting.findMany({
    where: { tenantId },
    orderBy: { feature: "asc" },
    select: settingColumns,
  });
}
