import { z } from "zod";
import type { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { FileFormat, FileKind } from "./schemas";

const day = z.date().transform((at) => at.toISOString().slice(0, 10));

/** What is told of a file beside its lines. */
export const FileFacts = z.object({
  rows: z.number().default(0),
  /** USD. */
  amountUsd: z.string().nullable().default(null),
  leftOut: z.array(z.object({ why: z.string(), rows: z.number(), usd: z.string() })).default([]),
  organizations: z.array(z.string()).default([]),
  invoiceNos: z.array(z.string()).default([]),
});
export type FileFacts = z.infer<typeof FileFacts>;

const Row = z.object({
  id: z.string(),
  provider: z.string(),
  fileFormat: FileFormat,
  fileKind: FileKind,
  fileName: z.string(),
  fileHash: z.instanceof(Uint8Array).transform((hash) => Buffer.from(hash).toString("hex")),
  fileBytes: z.bigint().transform(Number),
  fileFacts: FileFacts,
  firstDay: day,
  lastDay: day,
  lines: z.number(),
  isSettled: z.boolean(),
  begunBy: z.string(),
  begunAt: z.date(),
  removedAt: z.date().nullable(),
  removedBy: z.string().nullable(),
});
export type KeptFile = z.infer<typeof Row>;

const shown = {
  id: true,
  provider: true,
  fileFormat: true,
  fileKind: true,
  fileName: true,
  fileHash: true,
  fileBytes: true,
  fileFacts: true,
  firstDay: true,
  lastDay: true,
  lines: true,
  isSettled: true,
  begunBy: true,
  begunAt: true,
  removedAt: true,
  removedBy: true,
} as const;

/** Newest first. */
export async function listFiles(db: Db, tenantId: string, limit: number): Promise<KeptFile[]> {
  const rows = await db.billPull.findMany({
    where: { tenantId, fileHash: { not: null }, state: "done" },
    select: shown,
    orderBy: [{ begunAt: "desc" }, { id: "asc" }],
    take: limit,
  });
  return z.array(Row).parse(rows);
}

export async function findFile(db: Db, tenantId: string, id: string): Promise<KeptFile | null> {
  const row = await db.billPull.findFirst({
    where: { tenantId, id, fileHash: { not: null }, state: "done" },
    select: shown,
  });
  return row && Row.parse(row);
}

/** The file with these bytes, also when it was removed. */
export async function findFileByHash(
  db: Db,
  tenantId: string,
  provider: string,
  hash: Buffer<ArrayBuffer>,
): Promise<KeptFile | null> {
  const row = await db.billPull.findUnique({
    where: { tenantId_provider_fileHash: { tenantId, provider, fileHash: hash } },
    select: shown,
  });
  return row && Row.parse(row);
}

/** Holds other files of the tenant back until this transaction ends. */
export async function lockFiles(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('bill files ' || ${tenantId}, 0))`;
}

/** A file that comes again counts again, and may by now be the invoice's. */
export async function bringBackFile(db: Db, tenantId: string, id: string, isSettled: boolean): Promise<void> {
  await db.billPull.updateMany({
    where: { tenantId, id },
    data: { removedAt: null, removedBy: null, ...(isSettled && { isSettled }) },
  });
}

export async function markRemoved(
  db: Db,
  tenantId: string,
  id: string,
  by: { removedAt: Date; removedBy: string },
): Promise<void> {
  await db.billPull.updateMany({ where: { tenantId, id }, data: by });
}

/** The facts of a file as its row keeps them. */
export const keptFacts = (facts: FileFacts): Prisma.InputJsonObject => ({ ...facts });
