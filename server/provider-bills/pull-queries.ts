import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { Place } from "./report-phases";
import type { BillLine, FileFormat, FileKind } from "./schemas";

const day = z.date().transform((at) => at.toISOString().slice(0, 10));
const asDate = (text: string) => new Date(`${text}T00:00:00Z`);

const Pull = z.object({
  id: z.string(),
  stream: z.string(),
  provider: z.string(),
  state: z.enum(["reading", "done", "abandoned"]),
  firstDay: day,
  lastDay: day,
  lines: z.number(),
  fileName: z.string().nullable(),
  begunBy: z.string(),
  begunAt: z.date(),
  doneAt: z.date().nullable(),
});
export type Pull = z.infer<typeof Pull>;
const Reading = Pull.extend({ place: Place.nullable().catch(null) });
export type Reading = z.infer<typeof Reading>;

const shown = {
  id: true,
  stream: true,
  provider: true,
  state: true,
  firstDay: true,
  lastDay: true,
  lines: true,
  fileName: true,
  begunBy: true,
  begunAt: true,
  doneAt: true,
} as const;

/** Newest first. */
export async function listPulls(db: Db, tenantId: string, limit: number): Promise<Pull[]> {
  const rows = await db.billPull.findMany({
    where: { tenantId },
    select: shown,
    orderBy: [{ begunAt: "desc" }, { id: "asc" }],
    take: limit,
  });
  return z.array(Pull).parse(rows);
}

/** The pull of a stream that has not come to its end. */
export async function findReading(db: Db, tenantId: string, stream: string): Promise<Reading | null> {
  const row = await db.billPull.findFirst({
    where: { tenantId, stream, state: "reading" },
    select: { ...shown, place: true },
  });
  return row && Reading.parse(row);
}

/** Whether the stream was ever read to the end. */
export async function wasEverRead(db: Db, tenantId: string, stream: string): Promise<boolean> {
  return (
    (await db.billPull.findFirst({ where: { tenantId, stream, state: "done" }, select: { id: true } })) !==
    null
  );
}

export interface NewPull {
  tenantId: string;
  id: string;
  provider: string;
  stream: string;
  firstDay: string;
  lastDay: string;
  place: Place | null;
  begunBy: string;
  begunAt: Date;
  file?: {
    fileName: string;
    fileHash: Buffer<ArrayBuffer>;
    fileFormat: FileFormat;
    fileKind: FileKind;
    fileBytes: number;
    fileFacts: Prisma.InputJsonObject;
    isSettled: boolean;
    /** All of its lines, which are kept at once. */
    lines: number;
  };
}

export async function insertPull(
  db: Db,
  { firstDay, lastDay, place, file, ...pull }: NewPull,
): Promise<void> {
  const days = { firstDay: asDate(firstDay), lastDay: asDate(lastDay) };
  await db.billPull.createMany({
    data: [{ ...pull, ...days, place: place ?? Prisma.DbNull, state: "reading", ...file }],
  });
}

export async function abandonPull(db: Db, tenantId: string, id: string): Promise<void> {
  await db.billPull.updateMany({
    where: { tenantId, id, state: "reading" },
    data: { state: "abandoned", place: Prisma.DbNull },
  });
}

/**
 * Keeps a page and where the next one is.
 * @param linesBefore how many lines the pull had when the page was asked for: if it has others by now, somebody else was faster
 * @returns whether it was kept
 */
export async function keepPage(
  db: Db,
  pull: { tenantId: string; id: string; linesBefore: number; placeBefore: Place },
  lines: readonly BillLine[],
  place: Place | null,
): Promise<boolean> {
  const { count } = await db.billPull.updateMany({
    where: {
      tenantId: pull.tenantId,
      id: pull.id,
      state: "reading",
      lines: pull.linesBefore,
      place: { equals: pull.placeBefore },
    },
    data: { lines: { increment: lines.length }, place: place ?? Prisma.DbNull },
  });
  if (count === 0) return false;
  await insertLines(db, pull.tenantId, pull.id, pull.linesBefore, lines);
  return true;
}

export async function insertLines(
  db: Db,
  tenantId: string,
  pullId: string,
  from: number,
  lines: readonly BillLine[],
) {
  // A statement for many: a file has tens of thousands, and is kept in one transaction.
  const size = 5_000;
  for (let at = 0; at < lines.length; at += size) {
    const rows = lines
      .slice(at, at + size)
      .map((line, offset) => ({ ...line, n: from + at + offset + 1, raw: line.raw ?? {} }));
    await db.$executeRaw`
      INSERT INTO bill_line (tenant_id, pull_id, n, basis, kind, day, model, token_class, service, workspace, description, amount,
        list_amount, currency, quantity, raw)
      SELECT ${tenantId}::uuid, ${pullId}::uuid, n, basis, kind, day, model, "tokenClass", service, workspace, description, amount,
        "listAmount", 'USD', quantity, raw
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS line (n integer, basis text, kind text, day date, model text,
        "tokenClass" text, service text, workspace text, description text, amount numeric, "listAmount" numeric, quantity numeric,
        raw jsonb)`;
  }
}

/** Ends a pull: from now on its lines are what the provider said, of every day that was asked for, also the empty ones. */
export async function finishPull(db: Db, tenantId: string, pullId: string, at: Date): Promise<void> {
  await db.billPull.updateMany({
    where: { tenantId, id: pullId },
    data: { state: "done", doneAt: at, place: Prisma.DbNull },
  });
  await noteReads(db, tenantId, pullId, at);
}

/** Notes that the pull's days were read at that time. */
export async function noteReads(db: Db, tenantId: string, pullId: string, at: Date): Promise<void> {
  // Neither the order of lines nor how they are paged is something that a provider said.
  await db.$executeRaw`
    INSERT INTO bill_read (tenant_id, pull_id, day, read_at, provider, stream, lines, amount, digest)
    SELECT p.tenant_id, p.id, d::date, ${at}::timestamptz, p.provider, p.stream, count(l.n), coalesce(sum(l.amount), 0),
      md5(coalesce(string_agg(concat_ws('|', l.basis, l.kind, l.model, l.token_class, l.service, l.workspace, l.description,
        trim_scale(l.amount), trim_scale(l.list_amount), trim_scale(l.quantity)), E'\n'
        ORDER BY l.basis, l.kind, l.model, l.token_class, l.service, l.workspace, l.description, l.amount, l.quantity), ''))
    FROM bill_pull p
    CROSS JOIN generate_series(p.first_day::timestamp, p.last_day::timestamp, '1 day') AS d
    LEFT JOIN bill_line l ON l.tenant_id = p.tenant_id AND l.pull_id = p.id AND l.day = d::date
    WHERE p.tenant_id = ${tenantId}::uuid AND p.id = ${pullId}::uuid
    GROUP BY p.tenant_id, p.id, d
    ON CONFLICT DO NOTHING`;
}
