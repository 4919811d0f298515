import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { runStates } from "./schemas";

const count = z.coerce.number().int();
const Run = z.object({
  id: z.string(),
  kind: z.enum(["apply", "revert"]),
  ruleId: z.string(),
  ruleVersion: z.number(),
  reverts: z.string().nullable(),
  from: z.date(),
  to: z.date(),
  state: z.enum(runStates),
  requestedBy: z.string(),
  requestedAt: z.date(),
  finishedAt: z.date().nullable(),
  failure: z.string().nullable(),
  callsSeen: count,
  callsChanged: count,
  /** USD, decimal string. */
  movedUsd: z.string(),
  callsFrozen: count,
  /** ISO 8601 to the microsecond, which a Date would lose. */
  cursorAt: z.string().nullable(),
  cursorId: z.string().nullable(),
  progressedAt: z.date(),
});
export type AttributionRun = z.infer<typeof Run>;

/** Instants as text, so that no microsecond is lost on the way. */
export const instantText = (column: string) => `to_char(${column}, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;

const columns =
  Prisma.raw(`id, kind, rule_id AS "ruleId", rule_version AS "ruleVersion", reverts, from_at AS "from", to_at AS "to",
  state, requested_by AS "requestedBy", requested_at AS "requestedAt", finished_at AS "finishedAt", failure,
  calls_seen AS "callsSeen", calls_changed AS "callsChanged", trim_scale(moved_usd)::text AS "movedUsd", calls_frozen AS "callsFrozen",
  ${instantText("cursor_at")} AS "cursorAt", cursor_id AS "cursorId", progressed_at AS "progressedAt"`);

/** Runs of a tenant begin one after the other. */
export async function lockRuns(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('attribution ' || ${tenantId}, 0))`;
}

export interface NewRun {
  tenantId: string;
  id: string;
  kind: "apply" | "revert";
  ruleId: string;
  ruleVersion: number;
  reverts: string | null;
  fromAt: Date;
  toAt: Date;
  requestedBy: string;
  requestedAt: Date;
}

export async function insertRun(db: Db, run: NewRun): Promise<void> {
  await db.attributionRun.createMany({
    data: [{ ...run, state: "running", progressedAt: run.requestedAt }],
  });
}

export async function findRun(db: Db, tenantId: string, id: string): Promise<AttributionRun | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM attribution_run WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
  return z.array(Run).parse(rows)[0] ?? null;
}

/** The newest first. */
export async function listRunRows(db: Db, tenantId: string, limit: number): Promise<AttributionRun[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM attribution_run WHERE tenant_id = ${tenantId}::uuid ORDER BY requested_at DESC, id LIMIT ${limit}`;
  return z.array(Run).parse(rows);
}

export async function isRunning(db: Db, tenantId: string): Promise<boolean> {
  return (await db.attributionRun.count({ where: { tenantId, state: "running" } })) > 0;
}

export async function isReverted(db: Db, tenantId: string, id: string): Promise<boolean> {
  return (await db.attributionRun.count({ where: { tenantId, reverts: id, state: { not: "failed" } } })) > 0;
}

/** The run under way, its row locked until the transaction ends. */
export async function lockOpenRun(db: Db, tenantId: string): Promise<AttributionRun | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM attribution_run WHERE tenant_id = ${tenantId}::uuid AND state = 'running'
    ORDER BY requested_at, id LIMIT 1 FOR UPDATE`;
  return z.array(Run).parse(rows)[0] ?? null;
}

export interface Progress {
  seen: number;
  changed: number;
  frozen: number;
  movedUsd: string;
  cursor: { at: string; id: string };
}

export async function advanceRun(
  db: Db,
  tenantId: string,
  id: string,
  step: Progress,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE attribution_run SET calls_seen = calls_seen + ${step.seen}, calls_changed = calls_changed + ${step.changed},
      calls_frozen = calls_frozen + ${step.frozen}, moved_usd = moved_usd + ${step.movedUsd}::numeric,
      cursor_at = ${step.cursor.at}::timestamptz, cursor_id = ${step.cursor.id}, progressed_at = ${at}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND id = ${id}::uuid`;
}

export async function endRun(
  db: Db,
  tenantId: string,
  id: string,
  failure: string | null,
  at: Date,
): Promise<void> {
  await db.attributionRun.updateMany({
    where: { tenantId, id, state: "running" },
    data: { state: failure === null ? "done" : "failed", failure, finishedAt: at, progressedAt: at },
  });
}

/** Across tenants, as the jobs role: whose run has given no sign of life since? */
export async function silentRunTenants(db: Db, since: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ tenant_id: string }[]>`
    SELECT DISTINCT tenant_id FROM attribution_run WHERE state = 'running' AND progressed_at < ${since}::timestamptz`;
  return rows.map((row) => row.tenant_id);
}
