import type { Db } from "@/server/db";
import { z } from "zod";
import { arrayLiteral } from "./array-literal";
import { CallDetail, CallRow } from "./call-row";
import { callColumns, type CallsQuestion, callsSql } from "./list-query";

/** Fingerprints (hex) of ids that the ledger knows. */
export async function knownFingerprints(
  db: Db,
  tenantId: string,
  callIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db.$queryRaw<{ call_id: string; fingerprint: string }[]>`
    SELECT call_id, encode(content_hash, 'hex') AS fingerprint FROM call_seen
    WHERE tenant_id = ${tenantId}::uuid AND call_id = ANY (${arrayLiteral(callIds, (id) => id)}::text[])`;
  return new Map(rows.map((row) => [row.call_id, row.fingerprint]));
}

/** Makes the partitions of these months (first days, UTC); those that are there stay as they are. */
export async function ensureMonths(db: Db, months: readonly string[]): Promise<void> {
  for (const month of months) await db.$executeRaw`SELECT create_month(${month}::date)`;
}

/** Forgets ids received before then. The calls themselves stay. */
export async function forgetSeen(db: Db, tenantId: string, before: Date): Promise<number> {
  return db.$executeRaw`DELETE FROM call_seen WHERE tenant_id = ${tenantId}::uuid AND received_at < ${before}::timestamptz`;
}

/** Forgets spans received before then. */
export async function forgetSpans(db: Db, tenantId: string, before: Date): Promise<number> {
  return db.$executeRaw`DELETE FROM trace_span WHERE tenant_id = ${tenantId}::uuid AND received_at < ${before}::timestamptz`;
}

export async function listCallRows(db: Db, question: CallsQuestion): Promise<CallRow[]> {
  return z.array(CallRow).parse(await db.$queryRaw(callsSql(question)));
}

/** One call, whenever it was: the ledger of ids knows its time, and remembers long enough; older ones are searched for. */
export async function findCall(db: Db, tenantId: string, callId: string): Promise<CallDetail | null> {
  const rows = await db.$queryRaw<unknown[]>`
    SELECT ${callColumns}, source, key_id AS "keyId", route, region, tier, run_id AS "runId", root_request_id AS "rootRequestId",
      provider_request_id AS "providerRequestId", billed, price_version_id AS "priceVersionId", price_rule_id AS "priceRuleId",
      service_tier AS "serviceTier", coalesce(units, '{}') AS "otherUnits", share_of AS "shareOf", trim_scale(share_weight)::text AS "shareWeight",
      trim_scale(reported_cost_usd)::text AS "reportedCostUsd", tags,
      json_build_object('freshInputTokens', fresh_input_tokens, 'cacheReadTokens', cache_read_tokens, 'cacheWrite5mTokens', cache_write_5m_tokens,
        'cacheWrite1hTokens', cache_write_1h_tokens, 'audioInputTokens', audio_input_tokens, 'visibleOutputTokens', visible_output_tokens,
        'reasoningTokens', reasoning_tokens, 'audioOutputTokens', audio_output_tokens, 'toolUnits', tool_units) AS units
    FROM call
    WHERE tenant_id = ${tenantId}::uuid AND call_id = ${callId}
      AND occurred_at = coalesce((SELECT occurred_at FROM call_seen WHERE tenant_id = ${tenantId}::uuid AND call_id = ${callId}), occurred_at)
    ORDER BY occurred_at DESC LIMIT 1`;
  return rows[0] === undefined ? null : CallDetail.parse(rows[0]);
}

export interface LedgerSpan {
  firstCallAt: Date | null;
  lastCallAt: Date | null;
  lastReceivedAt: Date | null;
}

/** From when to when the ledger has calls, read from the ends of its index. */
export async function ledgerSpan(db: Db, tenantId: string): Promise<LedgerSpan> {
  const rows = await db.$queryRaw<LedgerSpan[]>`
    SELECT first.occurred_at AS "firstCallAt", last.occurred_at AS "lastCallAt", last.received_at AS "lastReceivedAt"
    FROM (VALUES (1)) AS one
    LEFT JOIN LATERAL (SELECT occurred_at FROM call WHERE tenant_id = ${tenantId}::uuid ORDER BY occurred_at, call_id LIMIT 1) AS first ON true
    LEFT JOIN LATERAL (SELECT occurred_at, received_at FROM call WHERE tenant_id = ${tenantId}::uuid ORDER BY occurred_at DESC, call_id DESC LIMIT 1) AS last ON true`;
  return rows[0] ?? { firstCallAt: null, lastCallAt: null, lastReceivedAt: null };
}

export interface QuarantineRow {
  id: string;
  callId: string;
  receivedAt: Date;
  code: string;
  field: string | null;
  message: string;
  source: string;
}

const quarantineColumns = {
  id: true,
  callId: true,
  receivedAt: true,
  code: true,
  field: true,
  message: true,
  source: true,
} as const;

/** The newest first. */
export async function listQuarantine(db: Db, tenantId: string, limit: number): Promise<QuarantineRow[]> {
  return db.callQuarantine.findMany({
    where: { tenantId },
    orderBy: [{ receivedAt: "desc" }, { id: "asc" }],
    take: limit,
    select: quarantineColumns,
  });
}

/** How many were received since, counted up to `most`. */
export async function countQuarantine(db: Db, tenantId: string, since: Date, most: number): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (
      SELECT FROM call_quarantine WHERE tenant_id = ${tenantId}::uuid AND received_at >= ${since}::timestamptz LIMIT ${most}
    ) AS recent`;
  if (!row) throw new Error("A count answered no row");
  return row.count;
}

export async function findQuarantined(
  db: Db,
  tenantId: string,
  id: string,
): Promise<(QuarantineRow & { call: unknown }) | null> {
  return db.callQuarantine.findUnique({
    where: { tenantId_id: { tenantId, id } },
    select: { ...quarantineColumns, call: true },
  });
}

/**
 * Notes values of tags for a day, of each tag no more than its cap. One at a time for a tenant, so that the cap holds
 * whoever else asks.
 * @returns those of the asked that are noted now, new or not
 */
export async function insertTagValues(
  db: Db,
  tenantId: string,
  day: string,
  asked: readonly { tag: string; value: string; cap: number }[],
): Promise<{ tag: string; value: string }[]> {
  await db.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('tags ' || ${tenantId}, 0))`;
  const tags = arrayLiteral(asked, ({ tag }) => tag);
  const values = arrayLiteral(asked, ({ value }) => value);
  const caps = arrayLiteral(asked, ({ cap }) => cap);
  await db.$executeRaw`
    WITH asked AS (
      SELECT a.*, row_number() OVER (PARTITION BY tag ORDER BY value) AS place
      FROM unnest(${tags}::text[], ${values}::text[], ${caps}::int[]) AS a(tag, value, cap)
      WHERE NOT EXISTS (SELECT FROM tag_value v
        WHERE v.tenant_id = ${tenantId}::uuid AND v.day = ${day}::date AND v.tag = a.tag AND v.value = a.value)
    )
    INSERT INTO tag_value (tenant_id, day, tag, value)
    SELECT ${tenantId}::uuid, ${day}::date, tag, value FROM asked
    WHERE place <= cap - (SELECT count(*) FROM tag_value v
      WHERE v.tenant_id = ${tenantId}::uuid AND v.day = ${day}::date AND v.tag = asked.tag)`;
  return db.$queryRaw<{ tag: string; value: string }[]>`
    SELECT v.tag, v.value FROM unnest(${tags}::text[], ${values}::text[]) AS a(tag, value)
    JOIN tag_value v ON v.tenant_id = ${tenantId}::uuid AND v.day = ${day}::date AND v.tag = a.tag AND v.value = a.value`;
}

/** Forgets the tag values of days before `day` (YYYY-MM-DD). */
export async function forgetTagValues(db: Db, tenantId: string, day: string): Promise<number> {
  return db.$executeRaw`DELETE FROM tag_value WHERE tenant_id = ${tenantId}::uuid AND day < ${day}::date`;
}
