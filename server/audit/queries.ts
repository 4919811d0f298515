import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { type AuditValue, type ChainedEntry, type ChainEnd, emptyChain } from "./chain";

const AuditValueSchema: z.ZodType<AuditValue> = z.json();

/** Held until the transaction ends: entries of a tenant are numbered one after the other. */
export async function lockChain(db: Db, tenantId: string): Promise<void> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`audit:${tenantId}`}, 0))`;
}

export async function chainEnd(db: Db, tenantId: string): Promise<ChainEnd> {
  const last = await db.auditEvent.findFirst({
    where: { tenantId },
    orderBy: { seq: "desc" },
    select: { seq: true, hash: true },
  });
  return last ?? emptyChain;
}

/** A null of ours is a null of the column, not the word in JSON. */
function column(value: AuditValue) {
  return value === null ? Prisma.DbNull : value;
}

export async function insertEntry(db: Db, entry: ChainedEntry): Promise<void> {
  const { before, after, prevHash, hash, ...rest } = entry;
  await db.auditEvent.createMany({
    data: [
      {
        ...rest,
        before: column(before),
        after: column(after),
        prevHash: Uint8Array.from(prevHash),
        hash: Uint8Array.from(hash),
      },
    ],
  });
}

const entryColumns = {
  tenantId: true,
  seq: true,
  at: true,
  actorKind: true,
  actorId: true,
  action: true,
  subject: true,
  before: true,
  after: true,
  requestId: true,
  prevHash: true,
  hash: true,
} as const;

type EntryRow = Omit<ChainedEntry, "before" | "after"> & { before: unknown; after: unknown };

function entryOf(row: EntryRow): ChainedEntry {
  return { ...row, before: AuditValueSchema.parse(row.before), after: AuditValueSchema.parse(row.after) };
}

/** Newest first, older than `beforeSeq` if given. */
export async function latestEntries(
  db: Db,
  page: { tenantId: string; beforeSeq: bigint | null; limit: number },
): Promise<ChainedEntry[]> {
  const { tenantId, beforeSeq, limit } = page;
  const rows = await db.auditEvent.findMany({
    where: beforeSeq === null ? { tenantId } : { tenantId, seq: { lt: beforeSeq } },
    orderBy: { seq: "desc" },
    take: limit,
    select: entryColumns,
  });
  return rows.map(entryOf);
}

/** In the order of the chain, after `seq`. */
export async function entriesAfter(
  db: Db,
  page: { tenantId: string; seq: bigint; limit: number },
): Promise<ChainedEntry[]> {
  const rows = await db.auditEvent.findMany({
    where: { tenantId: page.tenantId, seq: { gt: page.seq } },
    orderBy: { seq: "asc" },
    take: page.limit,
    select: entryColumns,
  });
  return rows.map(entryOf);
}

/** E-mail addresses of those actors who are still members; others are known by their ids alone. */
export async function actorEmails(db: Db, personIds: string[]): Promise<Map<string, string>> {
  const rows = await db.person.findMany({
    where: { id: { in: personIds } },
    select: { id: true, email: true },
  });
  return new Map(rows.map((row) => [row.id, row.email]));
}
