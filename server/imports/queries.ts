import { z } from "zod";
import type { Db } from "@/server/db";
import type { RowFault } from "./map-row";
import { ImportMapping } from "./schemas";

export interface ImportCounts {
  rowsRead: number;
  accepted: number;
  duplicates: number;
  rejected: number;
}

export interface NewImportRun {
  tenantId: string;
  id: string;
  fileName: string;
  fileSha256: string;
  mapping: ImportMapping;
  startedBy: string;
  startedAt: Date;
}

export type RejectedRow = RowFault & { line: number };

// When the run last gave a sign of life stands beside its mapping: a process that died gives none.
const StoredMapping = z.object({ ...ImportMapping.shape, progressedAt: z.string() });

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
  failure: true,
  startedBy: true,
  startedAt: true,
  finishedAt: true,
} as const;

const Run = z
  .object({
    id: z.string(),
    fileName: z.string(),
    fileSha256: z.string(),
    mapping: StoredMapping,
    state: z.enum(["running", "done", "failed"]),
    rowsRead: z.bigint().transform(Number),
    accepted: z.bigint().transform(Number),
    duplicates: z.bigint().transform(Number),
    rejected: z.bigint().transform(Number),
    failure: z.string().nullable(),
    startedBy: z.string(),
    startedAt: z.date(),
    finishedAt: z.date().nullable(),
  })
  .transform(({ mapping: { progressedAt, ...mapping }, ...run }) => ({
    ...run,
    mapping,
    progressedAt: new Date(progressedAt),
  }));
export type ImportRun = z.infer<typeof Run>;

export async function insertRun(db: Db, { mapping, ...run }: NewImportRun): Promise<void> {
  const stored = { ...mapping, progressedAt: run.startedAt.toISOString() };
  await db.importRun.createMany({ data: [{ ...run, state: "running", mapping: stored }] });
}

/** Also the sign that the run is alive. */
export async function saveProgress(
  db: Db,
  run: { tenantId: string; id: string },
  counts: ImportCounts,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE import_run SET rows_read = ${counts.rowsRead}, accepted = ${counts.accepted}, duplicates = ${counts.duplicates},
      rejected = ${counts.rejected}, mapping = jsonb_set(mapping, '{progressedAt}', to_jsonb(${at.toISOString()}::text))
    WHERE tenant_id = ${run.tenantId}::uuid AND id = ${run.id}::uuid`;
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

/** The partitions of the months (YYYY-MM-01, UTC) that history needs; the running ones are made ahead by a job. */
export async function createMonths(db: Db, months: readonly string[]): Promise<void> {
  for (const month of months) await db.$executeRaw`SELECT create_month(${month}::date)`;
}

/** As the jobs role, which may name tenants: for commands of the operator, who chose it by slug. */
export async function tenantIdOf(db: Db, slug: string): Promise<string | null> {
  const row = await db.tenant.findUnique({ where: { slug }, select: { tenantId: true } });
  return row?.tenantId ?? null;
}
