import { z } from "zod";
import type { Db } from "@/server/db";
import type { FeatureSetting } from "./schemas";
import { settingColumns } from "./settings";

/** Changes of a tenant's features go one after the other, so that each is told what was before it. */
export async function lockFeatures(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`features:${tenantId}`}, 0))`;
}

export async function featureSetting(
  db: Db,
  tenantId: string,
  feature: string,
): Promise<FeatureSetting | null> {
  return db.featureSetting.findUnique({
    where: { tenantId_feature: { tenantId, feature } },
    select: settingColumns,
  });
}

export async function countSettings(db: Db, tenantId: string): Promise<number> {
  return db.featureSetting.count({ where: { tenantId } });
}

export async function saveSetting(
  db: Db,
  tenantId: string,
  { feature, ...said }: FeatureSetting,
  by: { updatedBy: string; updatedAt: Date },
): Promise<void> {
  const facts = { ...said, ...by };
  await db.featureSetting.upsert({
    where: { tenantId_feature: { tenantId, feature } },
    create: { tenantId, feature, ...facts },
    update: facts,
  });
}

export async function forgetSetting(db: Db, tenantId: string, feature: string): Promise<void> {
  await db.featureSetting.deleteMany({ where: { tenantId, feature } });
}

const EventRow = z.object({
  event: z.string(),
  events: z.string(),
  users: z.string(),
  lastMonth: z.string(),
});

/** Names of the usage events that were seen with a feature since a month (yyyy-mm-01), the most frequent first. */
export async function eventsOfFeature(db: Db, tenantId: string, feature: string, since: string) {
  const rows = await db.$queryRaw`
    SELECT event, sum(events)::text AS events, max(users)::text AS users, max(period)::text AS "lastMonth"
    FROM feature_event_period
    WHERE tenant_id = ${tenantId}::uuid AND grain = 'month' AND feature = ${feature} AND period >= ${since}::date
    GROUP BY event ORDER BY sum(events) DESC, event LIMIT 50`;
  return z.array(EventRow).parse(rows);
}
