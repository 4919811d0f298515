import { Prisma } from "@/prisma/generated/client";
import type { Db } from "@/server/db";
import { arrayLiteral } from "./array-literal";
import { columnsOf, type LedgerCall } from "./ledger-columns";
import { minResponseIdLength } from "./schemas";

/** What the calls of one batch have in common. */
export interface BatchFacts {
  tenantId: string;
  source: string;
  receivedAt: Date;
}

export interface InsertableCall {
  callId: string;
  fingerprint: string;
  /** As one row; a call that served several is stored as its shares instead (shares.ts). */
  ledger: LedgerCall;
}

const raw = (text: string) => Prisma.raw(text);

function rowsOf(calls: readonly LedgerCall[]): { names: Prisma.Sql; arrays: Prisma.Sql } {
  const columns = columnsOf(calls);
  return {
    names: raw(columns.map(({ column }) => column).join(", ")),
    arrays: Prisma.join(
      columns.map(({ type, of }) => Prisma.sql`${arrayLiteral(calls, of)}::${raw(type)}[]`),
    ),
  };
}

/** Ids that name a provider's response; shorter ones are counters or placeholders, which would link strangers. */
const namesResponse = raw(`length(provider_request_id) >= ${String(minResponseIdLength)}`);

/**
 * Stores calls, their ids and the marks for the roll-up in one statement. Ids that the ledger knows are left alone; so
 * are, for linkReports to see to, calls whose response another call owns.
 * @param calls one for each id, sorted by id
 * @returns the ids that were stored
 */
export async function insertCalls(
  db: Db,
  batch: BatchFacts,
  calls: readonly InsertableCall[],
): Promise<Set<string>> {
  const { names, arrays } = rowsOf(calls.map(({ ledger }) => ledger));
  const prints = Prisma.sql`${arrayLiteral(calls, (call) => call.fingerprint)}::text[]`;
  const rows = await db.$queryRaw<{ stored: number; ids: string[] | null }[]>`
    WITH input AS (
      SELECT * FROM unnest(${arrays}, ${prints}) AS i(${names}, fingerprint)
    ), fresh AS (
      INSERT INTO call_seen (tenant_id, call_id, content_hash, occurred_at, received_at, response_id)
      SELECT ${batch.tenantId}::uuid, call_id, decode(fingerprint, 'hex'), occurred_at, ${batch.receivedAt}::timestamptz,
        CASE WHEN ${namesResponse} THEN provider_request_id END
      FROM input ORDER BY call_id
      -- Of either key: a known id, or a known response.
      ON CONFLICT DO NOTHING RETURNING call_id
    ), stored AS (
      INSERT INTO call (tenant_id, source, received_at, ${names})
      SELECT ${batch.tenantId}::uuid, ${batch.source}::text, ${batch.receivedAt}::timestamptz, ${names}
      FROM input JOIN fresh USING (call_id)
      -- Only where the ledger of ids has forgotten an import of long ago.
      ON CONFLICT (tenant_id, occurred_at, call_id) DO NOTHING RETURNING call_id, occurred_at
    ), marked AS (
      INSERT INTO rollup_dirty (tenant_id, hour)
      SELECT DISTINCT ${batch.tenantId}::uuid, date_trunc('hour', occurred_at, 'UTC') FROM stored
    )
    SELECT count(*)::int AS stored, CASE WHEN count(*) < ${calls.length} THEN array_agg(call_id) END AS ids FROM stored`;
  const result = rows[0];
  if (result?.stored === calls.length) return new Set(calls.map((call) => call.callId));
  return new Set(result?.ids ?? []);
}

/**
 * Keeps calls whose response another call owns, linked to it and in no sum, and marks the response for a look at which
 * report is the better one (settle-responses.ts). What happened more than a day apart only shares an id by chance.
 * @param calls whose ids the ledger knows, but has no row of
 * @returns ids that were linked; the others want to be stored as calls of their own
 */
export async function linkReports(
  db: Db,
  batch: BatchFacts,
  calls: readonly LedgerCall[],
): Promise<Set<string>> {
  const { names, arrays } = rowsOf(calls);
  const rows = await db.$queryRaw<{ call_id: string }[]>`
    WITH input AS (
      SELECT i.*, r.call_id AS owner FROM unnest(${arrays}) AS i(${names})
      JOIN call_seen r ON r.tenant_id = ${batch.tenantId}::uuid AND r.response_id = i.provider_request_id
      WHERE r.occurred_at BETWEEN i.occurred_at - interval '1 day' AND i.occurred_at + interval '1 day'
    ), linked AS (
      INSERT INTO call_linked (tenant_id, source, received_at, counted_id, reason, ${names})
      SELECT ${batch.tenantId}::uuid, ${batch.source}::text, ${batch.receivedAt}::timestamptz, owner, 'response', ${names} FROM input
      RETURNING call_id
    ), marked AS (
      INSERT INTO settle_mark (tenant_id, kind, key)
      SELECT DISTINCT ${batch.tenantId}::uuid, 'response', provider_request_id FROM input JOIN linked USING (call_id)
    )
    SELECT call_id FROM linked`;
  return new Set(rows.map((row) => row.call_id));
}

/** Stores rows as they are, without asking the ledger of ids, and marks their hours. */
export async function insertRows(db: Db, batch: BatchFacts, calls: readonly LedgerCall[]): Promise<void> {
  const { names, arrays } = rowsOf(calls);
  await db.$executeRaw`
    WITH stored AS (
      INSERT INTO call (tenant_id, source, received_at, ${names})
      SELECT ${batch.tenantId}::uuid, ${batch.source}::text, ${batch.receivedAt}::timestamptz, ${names}
      FROM unnest(${arrays}) AS i(${names})
      ON CONFLICT (tenant_id, occurred_at, call_id) DO NOTHING RETURNING occurred_at
    )
    INSERT INTO rollup_dirty (tenant_id, hour)
    SELECT DISTINCT ${batch.tenantId}::uuid, date_trunc('hour', occurred_at, 'UTC') FROM stored`;
}

/** Notes ids alone, without their responses: of shares, and of second reports. @returns those that were not known */
export async function insertSeen(
  db: Db,
  batch: BatchFacts,
  calls: readonly InsertableCall[],
): Promise<Set<string>> {
  const rows = await db.$queryRaw<{ call_id: string }[]>`
    INSERT INTO call_seen (tenant_id, call_id, content_hash, occurred_at, received_at)
    SELECT ${batch.tenantId}::uuid, call_id, decode(fingerprint, 'hex'), occurred_at, ${batch.receivedAt}::timestamptz
    FROM unnest(${arrayLiteral(calls, ({ callId }) => callId)}::text[], ${arrayLiteral(calls, ({ fingerprint }) => fingerprint)}::text[],
      ${arrayLiteral(calls, ({ ledger }) => ledger.occurredAt.toISOString())}::timestamptz[]) AS i(call_id, fingerprint, occurred_at)
    ORDER BY call_id ON CONFLICT (tenant_id, call_id) DO NOTHING RETURNING call_id`;
  return new Set(rows.map((row) => row.call_id));
}

export interface QuarantinedCall {
  /** Derived from the content, so that a sender that retries fills no shelf. */
  id: string;
  callId: string;
  keyId: string | null;
  code: string;
  field: string | null;
  message: string;
  /** JSON of the call as it was sent. */
  call: string;
}

export async function insertQuarantine(
  db: Db,
  batch: BatchFacts,
  calls: readonly QuarantinedCall[],
): Promise<void> {
  const pick = (field: keyof QuarantinedCall) => arrayLiteral(calls, (call) => call[field]);
  await db.$executeRaw`
    INSERT INTO call_quarantine (tenant_id, id, received_at, call_id, code, field, message, source, key_id, call)
    SELECT ${batch.tenantId}::uuid, q.id, ${batch.receivedAt}::timestamptz, q.call_id, q.code, q.field, q.message, ${batch.source}::text, q.key_id, q.call
    FROM unnest(${pick("id")}::uuid[], ${pick("callId")}::text[], ${pick("code")}::text[], ${pick("field")}::text[],
                ${pick("message")}::text[], ${pick("keyId")}::uuid[], ${pick("call")}::jsonb[]) AS q(id, call_id, code, field, message, key_id, call)
    ON CONFLICT DO NOTHING`;
}
