import { z } from "zod";
import type { Db } from "@/server/db";
import type { RowFault } from "./map-row";
import { ImportMapping } from "./schemas";

export interface ImportCounts {
  rowsRead: number;
  accepted: number;
  duplicates: number;
  rejected: number;
  /** Of the file, read so far; the reader looks ahead by a buffer. */
  bytesRead: number;
}

export interface NewImportRun {
  tenantId: string;
  id: string;
  fileName: string;
  fileSha256: string;
  mapping: ImportMapping;
  bytesTotal: number;
  startedBy: string;
  startedAt: Date;
}

export type RejectedRow = RowFault & { line: number };

const runColumns = {
  id: true,
  fileName: true,
  fileSha256: true,
  mapping: true,
  state: true,
  rowsRead: true,
  accepted: true,
  duplicates: true,
  rejected: true,
  bytesRead: true,
  bytesTotal: true,
  failure: true,
  startedBy: true,
  startedAt: true,
  progressedAt: true,
  finishedAt: true,
} as const;

const count = z.bigint().transform(Number);
const Run = z.object({
  id: z.string(),
  fileName: z.string(),
  fileSha256: z.string(),
  mapping: z.object(ImportMapping.shape),
  state: z.enum(["running", "done", "failed"]),
  rowsRead: count,
  accepted: count,
  duplicates: count,
  rejected: count,
  bytesRead: count,
  bytesTotal: count,
  failure: z.string().nullable(),
  startedBy: z.string(),
  startedAt: z.date(),
  progressedAt: z.date(),
  finishedAt: z.date().nullable(),
});
export type ImportRun = z.infer<typeof Run>;

export async function insertRun(db: Db, run: NewImportRun): Promise<void> {
  await db.importRun.createMany({ data: [{ ...run, state: "running", progressedAt: run.startedAt }] });
}

/** Also the sign that the run is alive. */
export async function saveProgress(
  db: Db,
  run: { tenantId: string; id: string },
  counts: ImportCounts,
  at: Date,
): Promise<void> {
  const { rowsRead, accepted, duplicates, rejected, bytesRead } = counts;
  await db.importRun.updateMany({
    where: run,
    data: { rowsRead, accepted, duplicates, rejected, bytesRead, progressedAt: at },
  });
}

export async function finishRun(
  db: Db,
  run: { tenantId: string; id: string },
  failure: string | null,
  at: Date,
): Promise<void> {
  await db.importRun.updateMany({
    where: run,
    data: { state: failure === null ? "done" : "failed", failure, finishedAt: at },
  });
}

export async function findRun(db: Db, run: { tenantId: string; id: string }): Promise<ImportRun | null> {
  const row = await db.importRun.findUnique({ where: { tenantId_id: run }, select: runColumns });
  return row && Run.parse(row);
}

/** The newest first. */
export async function listRuns(db: Db, tenantId: string, limit: number): Promise<ImportRun[]> {
  const rows = await db.importRun.findMany({
    where: { tenantId },
    orderBy: { startedAt: "desc" },
    take: limit,
    select: runColumns,
  });
  return z.array(Run).parse(rows);
}

export async function insertRejections(
  db: Db,
  run: { tenantId: string; id: string },
  rows: readonly RejectedRow[],
): Promise<void> {
  const data = rows.map((row) => ({
    tenantId: run.tenantId,
    importId: run.id,
    ...row,
    line: BigInt(row.line),
  }));
  await db.importRejection.createMany({ data, skipDuplicates: true });
}

export async function listRejections(
  db: Db,
  run: { tenantId: string; id: string },
  limit: number,
): Promise<RejectedRow[]> {
  const rows = await db.importRejection.findMany({
    where: { tenantId: run.tenantId, importId: run.id },
    orderBy: { line: "asc" },
    take: limit,
    select: { line: true, code: true, field: true, message: true },
  });
  return rows.map((row) => ({ ...row, line: Number(row.line) }));
}

/** As the jobs role, which may name tenants: for commands of the operator, who chose it by slug. */
export async function tenantIdOf(db: Db, slug: string): Promise<string | null> {
  const row = await db.tenant.findUnique({ where: { slug }, select: { tenantId: true } });
  return row?.tenantId ?? null;
}
