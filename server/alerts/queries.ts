import { z } from "zod";
import type { Db } from "@/server/db";
import { incidentSubjectKinds, type IncidentSubject, ruleIds, type RuleId } from "@/server/incidents/schemas";
import type { Cadence } from "./schemas";

export const Setting = z.object({
  rule: z.enum(ruleIds),
  subjectKind: z.enum(["default", ...incidentSubjectKinds]),
  subjectKey: z.string(),
  enabled: z.boolean(),
  params: z.record(z.string(), z.number()),
  updatedBy: z.string(),
  updatedAt: z.date(),
});
export type Setting = z.infer<typeof Setting>;

const columns = {
  rule: true,
  subjectKind: true,
  subjectKey: true,
  enabled: true,
  params: true,
  updatedBy: true,
  updatedAt: true,
} as const;

export async function listSettings(db: Db, tenantId: string): Promise<Setting[]> {
  const rows = await db.alertSetting.findMany({
    where: { tenantId },
    orderBy: [{ rule: "asc" }, { subjectKind: "asc" }, { subjectKey: "asc" }],
    select: columns,
  });
  return z.array(Setting).parse(rows);
}

interface Key {
  rule: RuleId;
  subject: IncidentSubject | null;
}
const keyOf = (tenantId: string, { rule, subject }: Key) => ({
  tenantId,
  rule,
  subjectKind: subject?.kind ?? "default",
  subjectKey: subject?.key ?? "",
});

export async function saveSetting(
  db: Db,
  tenantId: string,
  key: Key,
  set: { enabled: boolean; params: Record<string, number>; updatedBy: string; updatedAt: Date },
): Promise<void> {
  const id = keyOf(tenantId, key);
  await db.alertSetting.upsert({
    where: { tenantId_rule_subjectKind_subjectKey: id },
    create: { ...id, ...set },
    update: set,
  });
}

/** @returns whether there was one */
export async function deleteSetting(db: Db, tenantId: string, key: Key): Promise<boolean> {
  const { count } = await db.alertSetting.deleteMany({ where: keyOf(tenantId, key) });
  return count > 0;
}

export async function countSettings(db: Db, tenantId: string): Promise<number> {
  return db.alertSetting.count({ where: { tenantId } });
}

/** Never back: of two workers at once the one that is ahead counts. */
export async function saveEvaluatedTo(
  db: Db,
  tenantId: string,
  reached: readonly { cadence: Cadence; at: Date }[],
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO alert_state (tenant_id, cadence, evaluated_to)
    SELECT ${tenantId}::uuid, cadence, at FROM unnest(${reached.map(({ cadence }) => cadence)}::text[], ${reached.map(({ at }) => at.toISOString())}::timestamptz[]) AS reached (cadence, at)
    ON CONFLICT (tenant_id, cadence) DO UPDATE SET evaluated_to = greatest(alert_state.evaluated_to, excluded.evaluated_to)`;
}

/** Up to when each kind of evaluation has looked, as far as it ever has. */
export async function listEvaluatedTo(db: Db, tenantId: string): Promise<Map<string, Date>> {
  const rows = await db.alertState.findMany({
    where: { tenantId },
    select: { cadence: true, evaluatedTo: true },
  });
  return new Map(rows.map(({ cadence, evaluatedTo: at }) => [cadence, at]));
}

/** Changes of a tenant's settings go one after the other. */
export async function lockSettings(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`alerts:${tenantId}`}, 0))`;
}
