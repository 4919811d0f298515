import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { Budget, type BudgetPeriod, type BudgetSubject } from "./schemas";

/** Changes of a tenant's budgets go one after the other, so that each subject has one at most. */
export async function lockBudgets(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`budgets:${tenantId}`}, 0))`;
}

const columns = Prisma.sql`id::text AS id, version, jsonb_build_object('kind', subject_kind, 'key', subject_key) AS subject, period,
  trim_scale(amount_usd)::text AS "amountUsd", thresholds::int[] AS thresholds, enforcement, owner_id::text AS "ownerId", note,
  valid_from AS "validFrom", valid_to AS "validTo", created_by AS "createdBy"`;

/** Those in force at an instant, by subject. */
export async function budgetsInForce(db: Db, tenantId: string, at: Date): Promise<Budget[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM budget
    WHERE tenant_id = ${tenantId}::uuid AND valid_from <= ${at} AND (valid_to IS NULL OR valid_to > ${at})
    ORDER BY subject_kind, subject_key, period, id`;
  return z.array(Budget).parse(rows);
}

/** Every version of one, the newest first. */
export async function versionsOf(db: Db, tenantId: string, id: string): Promise<Budget[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM budget WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid ORDER BY version DESC`;
  return z.array(Budget).parse(rows);
}

/** The newest version of the budget for a subject, in force or ended: a subject that gets one again goes on with its history. */
export async function newestFor(
  db: Db,
  tenantId: string,
  { kind, key }: BudgetSubject,
  period: BudgetPeriod,
): Promise<Budget | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM budget
    WHERE tenant_id = ${tenantId}::uuid AND subject_kind = ${kind} AND subject_key = ${key} AND period = ${period}
    ORDER BY valid_from DESC, version DESC LIMIT 1`;
  return z.array(Budget).parse(rows)[0] ?? null;
}

export async function countInForce(db: Db, tenantId: string): Promise<number> {
  return db.budget.count({ where: { tenantId, validTo: null } });
}

export async function closeVersion(db: Db, tenantId: string, id: string, at: Date): Promise<void> {
  await db.budget.updateMany({ where: { tenantId, id, validTo: null }, data: { validTo: at } });
}

export async function insertVersion(db: Db, tenantId: string, budget: Budget): Promise<void> {
  const { subject, ...facts } = budget;
  await db.budget.createMany({
    data: [{ ...facts, tenantId, subjectKind: subject.kind, subjectKey: subject.key }],
  });
}
