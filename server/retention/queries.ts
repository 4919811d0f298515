import type { Db } from "@/server/db";
import { RetentionSettings, usualRetention } from "./schemas";

export async function readSettings(db: Db, tenantId: string): Promise<RetentionSettings> {
  const row = await db.retentionSetting.findUnique({
    where: { tenantId },
    select: { activeDays: true, churnDays: true, minUsers: true, mrrOf: true },
  });
  return row === null ? usualRetention : RetentionSettings.parse(row);
}

/** Two who change them at once go one after the other. */
export async function lockSettings(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`retention:${tenantId}`}, 0))`;
}

export async function writeSettings(
  db: Db,
  tenantId: string,
  settings: RetentionSettings,
  { actor, at }: { actor: string; at: Date },
): Promise<void> {
  const data = { ...settings, updatedBy: actor, updatedAt: at };
  await db.retentionSetting.upsert({ where: { tenantId }, create: { ...data, tenantId }, update: data });
}
