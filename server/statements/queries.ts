import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import type { StatementKey } from "./line-queries";
import type { StatementHead } from "./schemas";

const iso = z.date().transform((at) => at.toISOString());
const Head = z.object({
  month: z.string(),
  revision: z.number(),
  timeZone: z.string(),
  from: iso,
  to: iso,
  takenAt: iso,
  takenBy: z.string(),
  shape: z.number(),
  priceBook: z.string(),
  codeVersion: z.string(),
  calls: z.bigint().transform(Number),
  costUsd: z.string(),
  correctionsUsd: z.string(),
  amountUsd: z.string(),
  unpricedCalls: z.bigint().transform(Number),
  contentHash: z.string(),
  renamedAt: iso.nullable(),
  reopenedAt: iso.nullable(),
  reopenedBy: z.string().nullable(),
  reopenReason: z.string().nullable(),
});

const columns = Prisma.sql`to_char(month, 'YYYY-MM') AS month, revision, time_zone AS "timeZone", from_at AS "from", to_at AS "to",
  taken_at AS "takenAt", taken_by AS "takenBy", shape, price_book AS "priceBook", code_version AS "codeVersion", calls,
  cost_usd::text AS "costUsd", corrections_usd::text AS "correctionsUsd", amount_usd::text AS "amountUsd",
  unpriced_calls AS "unpricedCalls", content_hash AS "contentHash", renamed_at AS "renamedAt",
  reopened_at AS "reopenedAt", reopened_by AS "reopenedBy", reopen_reason AS "reopenReason"`;
const dateOf = (month: string) => Prisma.sql`${`${month}-01`}::date`;

/** All revisions, the newest first. */
export async function listStatementHeads(db: Db, tenantId: string): Promise<StatementHead[]> {
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM statement WHERE tenant_id = ${tenantId}::uuid ORDER BY statement.month DESC, revision DESC`;
  return z.array(Head).parse(rows);
}

/** @param revision undefined: the one in force */
export async function findStatement(
  db: Db,
  tenantId: string,
  month: string,
  revision: number | undefined,
): Promise<StatementHead | null> {
  const which = revision === undefined ? Prisma.sql`reopened_at IS NULL` : Prisma.sql`revision = ${revision}`;
  const rows = await db.$queryRaw`
    SELECT ${columns} FROM statement WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND ${which}`;
  return z.array(Head).parse(rows)[0] ?? null;
}

export async function lastRevision(db: Db, tenantId: string, month: string): Promise<number> {
  const rows = await db.$queryRaw`
    SELECT coalesce(max(revision), 0) AS last FROM statement WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)}`;
  return z.tuple([z.object({ last: z.number() })]).parse(rows)[0].last;
}

export async function insertStatement(db: Db, tenantId: string, head: StatementHead): Promise<void> {
  await db.$executeRaw`
    INSERT INTO statement (tenant_id, month, revision, time_zone, from_at, to_at, taken_at, taken_by, shape, price_book,
      code_version, calls, cost_usd, corrections_usd, amount_usd, unpriced_calls, content_hash)
    VALUES (${tenantId}::uuid, ${dateOf(head.month)}, ${head.revision}, ${head.timeZone}, ${head.from}::timestamptz,
      ${head.to}::timestamptz, ${head.takenAt}::timestamptz, ${head.takenBy}, ${head.shape}, ${head.priceBook},
      ${head.codeVersion}, ${head.calls}, ${head.costUsd}::numeric, ${head.correctionsUsd}::numeric,
      ${head.amountUsd}::numeric, ${head.unpricedCalls}, ${head.contentHash})`;
}

/** As the jobs' role, after somebody in it got another name. */
export async function saveHash(
  db: Db,
  { tenantId, month, revision }: StatementKey,
  hash: string,
  at: Date,
): Promise<void> {
  await db.$executeRaw`
    UPDATE statement SET content_hash = ${hash}, renamed_at = ${at}::timestamptz
    WHERE tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND revision = ${revision}`;
}

const Stamp = z.object({ list: z.string().nullable(), own: z.date().nullable() });

/** The newest that is known of prices: of the lists, and of the tenant's own contracts and discounts. */
export async function priceBookStamp(db: Db, tenantId: string, now: Date): Promise<string> {
  const rows = await db.$queryRaw`
    SELECT (SELECT to_char(known_from, 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' ' || source || ' ' || source_version FROM price_version
        WHERE known_from <= ${now}::timestamptz ORDER BY known_from DESC, source COLLATE "C", source_version COLLATE "C" DESC LIMIT 1) AS list,
      (SELECT max(known_from) FROM (
        SELECT known_from FROM contract_version WHERE tenant_id = ${tenantId}::uuid
        UNION ALL SELECT known_from FROM price_rule WHERE tenant_id = ${tenantId}::uuid) AS said
       WHERE known_from <= ${now}::timestamptz) AS own`;
  const [{ list, own }] = z.tuple([Stamp]).parse(rows);
  return `${list ?? "no list"}; ${own === null ? "no prices of its own" : `own prices ${own.toISOString()}`}`;
}
