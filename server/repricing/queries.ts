import { z } from "zod";
import { arrayLiteral } from "@/server/calls/array-literal";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { Position } from "./chunk-query";
import type { Delta } from "./plan-chunk";
import { RepricingScope, RunState } from "./schemas";

export type Phase = "preview" | "applied";

export interface RunKey {
  tenantId: string;
  id: string;
}

const count = z.coerce.number().int();
const Run = z.object({
  id: z.string(),
  reason: z.string(),
  scope: RepricingScope,
  knownAt: z.date(),
  state: RunState,
  requestedBy: z.string(),
  requestedAt: z.date(),
  approvedBy: z.string().nullable(),
  approvedAt: z.date().nullable(),
  finishedAt: z.date().nullable(),
  failure: z.string().nullable(),
  callsTotal: count.nullable(),
  callsSeen: count,
  /** Of the phase that it is in, or ended with. */
  callsChanged: count,
  /** USD, decimal string. */
  deltaUsd: z.string(),
  cursorAt: z.string().nullable(),
  cursorId: z.string().nullable(),
  progressedAt: z.date(),
});
export type RepricingRun = z.infer<typeof Run>;

const columns = Prisma.raw(`id, reason, scope, known_at AS "knownAt", state, requested_by AS "requestedBy",
  requested_at AS "requestedAt", approved_by AS "approvedBy", approved_at AS "approvedAt", finished_at AS "finishedAt", failure,
  calls_total AS "callsTotal", calls_seen AS "callsSeen", calls_changed AS "callsChanged", trim_scale(delta_usd)::text AS "deltaUsd",
  to_char(cursor_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS "cursorAt", cursor_id AS "cursorId", progressed_at AS "progressedAt"`);

export interface NewRun extends RunKey {
  reason: string;
  scope: RepricingScope;
  knownAt: Date;
  requestedBy: string;
  at: Date;
  /** Null: it begins with a preview. */
  approvedBy: string | null;
}

export async function insertRun(db: Db, run: NewRun): Promise<void> {
  const { tenantId, id, reason, scope, knownAt, requestedBy, at, approvedBy } = run;
  await db.repriceRun.createMany({
    data: [
      {
        tenantId,
        id,
        reason,
        scope,
        knownAt,
        requestedBy,
        requestedAt: at,
        progressedAt: at,
        state: approvedBy === null ? "previewing" : "running",
        ...(approvedBy !== null && { approvedBy, approvedAt: at }),
      },
    ],
  });
}

export async function findRun(db: Db, key: RunKey): Promise<RepricingRun | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM reprice_run WHERE tenant_id = ${key.tenantId}::uuid AND id = ${key.id}::uuid`;
  return z.array(Run).parse(rows)[0] ?? null;
}

/** Nobody else changes the run until the transaction ends. */
export async function lockRun(db: Db, key: RunKey): Promise<RepricingRun | null> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM reprice_run WHERE tenant_id = ${key.tenantId}::uuid AND id = ${key.id}::uuid FOR UPDATE`;
  return z.array(Run).parse(rows)[0] ?? null;
}

/** The newest first. */
export async function listRuns(db: Db, tenantId: string, limit: number): Promise<RepricingRun[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM reprice_run WHERE tenant_id = ${tenantId}::uuid ORDER BY requested_at DESC, id LIMIT ${limit}`;
  return z.array(Run).parse(rows);
}

/** Whether a run changes calls right now. */
export async function hasRunning(db: Db, tenantId: string): Promise<boolean> {
  return (await db.repriceRun.count({ where: { tenantId, state: "running" } })) > 0;
}

/** Whether another run has changed calls since. */
export async function appliedSince(db: Db, key: RunKey, since: Date): Promise<boolean> {
  const { tenantId, id } = key;
  const others = { tenantId, id: { not: id }, approvedAt: { not: null } };
  const count = await db.repriceRun.count({
    where: { ...others, OR: [{ approvedAt: { gte: since } }, { finishedAt: { gte: since } }] },
  });
  return count > 0;
}

/** A run from its beginning: what its preview counted is counted anew as it is applied. */
export async function saveApproval(db: Db, key: RunKey, approvedBy: string, at: Date): Promise<void> {
  await db.repriceRun.updateMany({
    where: key,
    data: {
      state: "running",
      approvedBy,
      approvedAt: at,
      progressedAt: at,
      callsSeen: 0,
      callsChanged: 0,
      deltaUsd: 0,
      cursorAt: null,
      cursorId: null,
    },
  });
}

export async function saveState(
  db: Db,
  key: RunKey,
  state: RunState,
  at: Date,
  end: { finishedAt: Date | null; failure: string | null },
): Promise<void> {
  await db.repriceRun.updateMany({ where: key, data: { state, progressedAt: at, ...end } });
}

export async function saveTotal(db: Db, key: RunKey, callsTotal: number): Promise<void> {
  await db.repriceRun.updateMany({ where: key, data: { callsTotal } });
}

export interface Step {
  seen: number;
  changed: number;
  deltaUsd: string;
  /** The last call that was seen. */
  position: Position;
}

/** Notes how far a run is, in the transaction that brought it there. */
export async function advance(db: Db, key: RunKey, step: Step, at: Date): Promise<void> {
  await db.$executeRaw`
    UPDATE reprice_run SET calls_seen = calls_seen + ${step.seen}, calls_changed = calls_changed + ${step.changed},
      delta_usd = delta_usd + ${step.deltaUsd}::numeric, cursor_at = ${step.position.at}::timestamptz,
      cursor_id = ${step.position.id}, progressed_at = ${at}::timestamptz
    WHERE tenant_id = ${key.tenantId}::uuid AND id = ${key.id}::uuid`;
}

/** Adds to what the run changes; its row is locked, so nobody else adds. */
export async function addDeltas(db: Db, key: RunKey, phase: Phase, deltas: readonly Delta[]): Promise<void> {
  if (deltas.length === 0) return;
  const pick = (of: (delta: Delta) => string | number | boolean) => arrayLiteral(deltas, of);
  await db.$executeRaw`
    INSERT INTO reprice_delta AS d (tenant_id, run_id, phase, month, closed, feature, provider, model,
      calls, newly_priced, before_usd, after_usd)
    SELECT ${key.tenantId}::uuid, ${key.id}::uuid, ${phase}, i.* FROM unnest(
      ${pick(({ month }) => `${month}-01`)}::date[], ${pick(({ closed }) => closed)}::boolean[],
      ${pick(({ feature }) => feature)}::text[], ${pick(({ provider }) => provider)}::text[], ${pick(({ model }) => model)}::text[],
      ${pick(({ calls }) => calls)}::bigint[], ${pick(({ newlyPriced }) => newlyPriced)}::bigint[],
      ${pick(({ beforeUsd }) => beforeUsd)}::numeric[], ${pick(({ afterUsd }) => afterUsd)}::numeric[]) AS i
    ON CONFLICT (tenant_id, run_id, phase, month, closed, feature, provider, model) DO UPDATE SET
      calls = d.calls + excluded.calls, newly_priced = d.newly_priced + excluded.newly_priced,
      before_usd = d.before_usd + excluded.before_usd, after_usd = d.after_usd + excluded.after_usd`;
}

const DeltaRow = z.object({
  phase: z.enum(["preview", "applied"]),
  /** YYYY-MM */
  month: z.string(),
  closed: z.boolean(),
  feature: z.string().nullable(),
  calls: count,
  newlyPriced: count,
  /** USD, decimal strings. */
  beforeUsd: z.string(),
  afterUsd: z.string(),
  deltaUsd: z.string(),
});
export type DeltaRow = z.infer<typeof DeltaRow>;

/** What a run changes by month and feature, the largest change of a month first. */
export async function listDeltas(db: Db, key: RunKey): Promise<DeltaRow[]> {
  const rows = await db.$queryRaw`
    SELECT phase, to_char(month, 'YYYY-MM') AS month, closed, nullif(feature, '') AS feature,
      sum(calls) AS calls, sum(newly_priced) AS "newlyPriced", trim_scale(sum(before_usd))::text AS "beforeUsd",
      trim_scale(sum(after_usd))::text AS "afterUsd", trim_scale(sum(after_usd - before_usd))::text AS "deltaUsd"
    FROM reprice_delta WHERE tenant_id = ${key.tenantId}::uuid AND run_id = ${key.id}::uuid
    GROUP BY phase, reprice_delta.month, closed, reprice_delta.feature
    ORDER BY phase, reprice_delta.month, closed, abs(sum(after_usd - before_usd)) DESC, reprice_delta.feature`;
  return z.array(DeltaRow).parse(rows);
}

/** Emails of the people among these, by id. Only fellow members can be seen. */
export async function emailsOf(db: Db, ids: readonly string[]): Promise<Map<string, string>> {
  const people = ids.filter((id) => z.uuid().safeParse(id).success);
  const rows = await db.person.findMany({ where: { id: { in: people } }, select: { id: true, email: true } });
  return new Map(rows.map(({ id, email }) => [id, email]));
}

/** When the first and the last call without a price occurred; null when all have one. */
export async function unpricedSpan(db: Db, tenantId: string): Promise<{ first: Date; last: Date } | null> {
  const rows = await db.$queryRaw<{ first: Date | null; last: Date | null }[]>`
    SELECT min(occurred_at) AS first, max(occurred_at) AS last FROM call
    WHERE tenant_id = ${tenantId}::uuid AND price_status = 'unpriced'`;
  const { first = null, last = null } = rows[0] ?? {};
  return first && last && { first, last };
}

/** As the jobs role, across tenants: runs that gave no sign of life since. */
export async function silentRuns(
  db: Db,
  since: Date,
): Promise<{ tenantId: string; runId: string; state: "previewing" | "running" }[]> {
  const rows = await db.repriceRun.findMany({
    where: { state: { in: ["previewing", "running"] }, progressedAt: { lt: since } },
    select: { tenantId: true, id: true, state: true },
    orderBy: { progressedAt: "asc" },
    take: 1_000,
  });
  return rows.map(({ tenantId, id, state }) => ({
    tenantId,
    runId: id,
    state: state === "running" ? "running" : "previewing",
  }));
}
