import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { PlanHead } from "./documents";
import { PlanTerms } from "./plan-schemas";

const iso = z.date().transform((at) => at.toISOString());
const Plan = z.object({
  id: z.string(),
  version: z.number(),
  terms: PlanTerms,
  accounts: z.number(),
  isDefault: z.boolean(),
  retiredAt: iso.nullable(),
  createdBy: z.string(),
  createdAt: iso,
});

const columns = Prisma.sql`p.id, v.version, v.terms, p.retired_at AS "retiredAt", v.created_by AS "createdBy", v.created_at AS "createdAt",
  (SELECT count(*)::int FROM invoice_account a WHERE a.tenant_id = p.tenant_id AND a.plan_id = p.id) AS accounts,
  EXISTS (SELECT FROM invoice_issuer i WHERE i.tenant_id = p.tenant_id AND i.default_plan_id = p.id) AS "isDefault"`;

/** Each in the version in force, retired ones last. */
export async function listPlanHeads(db: Db, tenantId: string): Promise<PlanHead[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM rate_plan p
      JOIN rate_plan_version v ON v.tenant_id = p.tenant_id AND v.plan_id = p.id AND v.version = p.version
    WHERE p.tenant_id = ${tenantId}::uuid ORDER BY p.retired_at NULLS FIRST, lower(p.name), p.id`;
  return z.array(Plan).parse(rows);
}

/** @param version undefined: the one in force */
export async function findPlan(
  db: Db,
  tenantId: string,
  id: string,
  version: number | undefined,
): Promise<PlanHead | null> {
  const which = version === undefined ? Prisma.sql`p.version` : Prisma.sql`${version}::integer`;
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM rate_plan p
      JOIN rate_plan_version v ON v.tenant_id = p.tenant_id AND v.plan_id = p.id AND v.version = ${which}
    WHERE p.tenant_id = ${tenantId}::uuid AND p.id = ${id}::uuid`;
  return z.array(Plan).parse(rows)[0] ?? null;
}

const Version = z.object({ version: z.number(), createdBy: z.string(), createdAt: iso });
export type PlanVersion = z.infer<typeof Version>;

/** The newest first. */
export async function listPlanVersions(db: Db, tenantId: string, id: string): Promise<PlanVersion[]> {
  const rows = await db.$queryRaw`
    SELECT version, created_by AS "createdBy", created_at AS "createdAt" FROM rate_plan_version
    WHERE tenant_id = ${tenantId}::uuid AND plan_id = ${id}::uuid ORDER BY rate_plan_version.version DESC`;
  return z.array(Version).parse(rows);
}

/** Whether another plan that is not retired has the name, in whatever case. */
export async function isPlanNameTaken(db: Db, tenantId: string, name: string, by: string): Promise<boolean> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT 1 FROM rate_plan WHERE tenant_id = ${tenantId}::uuid AND lower(name) = lower(${name}) AND retired_at IS NULL AND id <> ${by}::uuid`;
  return rows.length > 0;
}

interface Saved {
  id: string;
  version: number;
  terms: PlanTerms;
  by: string;
  at: Date;
}

export async function insertPlan(
  db: Db,
  tenantId: string,
  { id, version, terms, by, at }: Saved,
): Promise<void> {
  await db.$executeRaw`
    INSERT INTO rate_plan (tenant_id, id, name, version, created_by, created_at)
    VALUES (${tenantId}::uuid, ${id}::uuid, ${terms.name}, ${version}, ${by}, ${at}::timestamptz)
    ON CONFLICT (tenant_id, id) DO UPDATE SET name = excluded.name, version = excluded.version`;
  await db.$executeRaw`
    INSERT INTO rate_plan_version (tenant_id, plan_id, version, terms, created_by, created_at)
    VALUES (${tenantId}::uuid, ${id}::uuid, ${version}, ${JSON.stringify(terms)}::jsonb, ${by}, ${at}::timestamptz)`;
}

export async function saveRetired(db: Db, tenantId: string, id: string, at: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE rate_plan SET retired_at = ${at}::timestamptz WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
}
