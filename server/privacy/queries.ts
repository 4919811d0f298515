import { z } from "zod";
import type { Db } from "@/server/db";

export interface Pseudonyms {
  pseudonymise: boolean;
  /** Kept while pseudonyms are off, so that those of before can be found. */
  salt: Uint8Array<ArrayBuffer> | null;
}

export async function readPseudonyms(db: Db, tenantId: string): Promise<Pseudonyms> {
  const row = await db.tenantPolicy.findUnique({
    where: { tenantId },
    select: { pseudonymise: true, pseudonymSalt: true },
  });
  return { pseudonymise: row?.pseudonymise ?? false, salt: row?.pseudonymSalt ?? null };
}

/** The policy's row is there: raise its revision first. */
export async function savePseudonyms(
  db: Db,
  tenantId: string,
  { pseudonymise, salt }: Pseudonyms,
): Promise<void> {
  await db.tenantPolicy.updateMany({ where: { tenantId }, data: { pseudonymise, pseudonymSalt: salt } });
}

const columns = {
  id: true,
  subject: true,
  alias: true,
  state: true,
  requestedBy: true,
  requestedAt: true,
  finishedAt: true,
  failure: true,
  calls: true,
  events: true,
  phase: true,
} as const;

const Erasure = z.object({
  id: z.string(),
  subject: z.instanceof(Uint8Array).nullable(),
  alias: z.string(),
  state: z.enum(["running", "done", "failed"]),
  requestedBy: z.string(),
  requestedAt: z.date(),
  finishedAt: z.date().nullable(),
  failure: z.string().nullable(),
  calls: z.coerce.number().int(),
  events: z.coerce.number().int(),
  phase: z.number(),
});
export type Erasure = z.infer<typeof Erasure>;

export interface NewErasure {
  tenantId: string;
  id: string;
  subject: Uint8Array<ArrayBuffer>;
  alias: string;
  requestedBy: string;
  requestedAt: Date;
}

export async function insertErasure(db: Db, erasure: NewErasure): Promise<void> {
  await db.erasure.createMany({
    data: [{ ...erasure, state: "running", progressedAt: erasure.requestedAt }],
  });
}

/** The newest first. */
export async function listErasureRows(db: Db, tenantId: string, limit: number): Promise<Erasure[]> {
  const rows = await db.erasure.findMany({
    where: { tenantId },
    orderBy: [{ requestedAt: "desc" }, { id: "asc" }],
    take: limit,
    select: columns,
  });
  return z.array(Erasure).parse(rows);
}

/** The oldest that is not done, its row locked until the transaction ends. */
export async function lockOpenErasure(db: Db, tenantId: string): Promise<Erasure | null> {
  await db.$executeRaw`SELECT FROM erasure WHERE tenant_id = ${tenantId}::uuid AND state = 'running' FOR UPDATE`;
  const row = await db.erasure.findFirst({
    where: { tenantId, state: "running" },
    orderBy: [{ requestedAt: "asc" }, { id: "asc" }],
    select: columns,
  });
  return row && Erasure.parse(row);
}

export interface ErasureStep {
  calls: number;
  events: number;
  phase: number;
}

/** Notes what was done, in the transaction that did it; a new phase begins at the beginning. */
export async function saveStep(
  db: Db,
  key: { tenantId: string; id: string },
  step: ErasureStep,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE erasure SET calls = calls + ${step.calls}, events = events + ${step.events}, failure = NULL,
      cursor_at = CASE WHEN phase = ${step.phase} THEN cursor_at END, phase = ${step.phase}, progressed_at = ${at}::timestamptz
    WHERE tenant_id = ${key.tenantId}::uuid AND id = ${key.id}::uuid`;
}

/** Nothing tells any more who it was. */
export async function endErasure(db: Db, tenantId: string, id: string, at: Date): Promise<void> {
  await db.erasure.updateMany({
    where: { tenantId, id },
    data: { state: "done", subject: null, finishedAt: at, progressedAt: at, failure: null },
  });
}

export async function noteFailure(db: Db, tenantId: string, id: string, failure: string): Promise<void> {
  await db.erasure.updateMany({ where: { tenantId, id, state: "running" }, data: { failure } });
}

/** Across tenants, as the jobs role: who has an erasure that gave no sign of life since? */
export async function silentErasureTenants(db: Db, since: Date): Promise<string[]> {
  const rows = await db.$queryRaw<{ tenant_id: string }[]>`
    SELECT DISTINCT tenant_id FROM erasure WHERE state = 'running' AND progressed_at < ${since}::timestamptz`;
  return rows.map((row) => row.tenant_id);
}
