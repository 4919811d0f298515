import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { bucketColumns } from "@/server/calls/ledger-columns";
import type { Db } from "@/server/db";
import type { ClosedMonth } from "@/server/periods/closed-month";
import { type Bucket, buckets } from "@/server/prices/buckets";
import { measures } from "@/server/rollups/shape";
import type { StatementKey } from "./line-queries";
import { usageBases } from "./schemas";

const raw = (text: string) => Prisma.raw(text);
const keyNames = [
  "day",
  "account_id",
  "team",
  "feature",
  "environment",
  "provider",
  "model",
  "batch",
  "service_tier",
  "basis",
  "is_share",
  "has_units",
  "price_version_id",
  "price_rule_id",
  "tier_start",
] as const;
const sumNames = [
  "calls",
  ...buckets.map((bucket) => bucketColumns[bucket]),
  "cost_usd",
  "unpriced_calls",
] as const;
const keys = raw(keyNames.join(", "));
const sums = raw(sumNames.join(", "));
const added = raw(sumNames.map((name) => `sum(${name}) AS ${name}`).join(", "));
const taken = raw(sumNames.map((name) => `-${name}`).join(", "));
const isAnything = raw(sumNames.map((name) => `sum(${name}) <> 0`).join(" OR "));
const fromCalls = raw(sumNames.map((name) => `${measures[name]} AS ${name}`).join(", "));
/** One order, whatever the database's collation is. */
const ordered = raw(
  keyNames
    .map((name) =>
      /_(id|start)$|^day$|^batch$|^is_|^has_/.test(name) && name !== "account_id"
        ? name
        : `${name} COLLATE "C"`,
    ) // prettier-ignore
    .join(", "),
);

const dateOf = (month: string) => Prisma.sql`${`${month}-01`}::date`;
const ofStatement = ({ tenantId, month, revision }: StatementKey) =>
  Prisma.sql`tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND revision = ${revision}`;

/** A month's calls as far as one rate holds for them. Versions of prices are never edited, so neither are their tiers. */
const callsOf = (tenantId: string, { timeZone, from, to }: ClosedMonth) => Prisma.sql`
  SELECT (c.occurred_at AT TIME ZONE ${timeZone})::date AS day, coalesce(c.account_id, '') AS account_id, coalesce(c.team, '') AS team,
    coalesce(c.feature, '') AS feature, coalesce(c.environment, '') AS environment, c.provider, c.model, c.batch,
    coalesce(c.service_tier, '') AS service_tier,
    CASE WHEN c.billed = 'no' OR c.cache <> 'none' THEN 'free' ELSE c.price_status END AS basis,
    c.share_of IS NOT NULL AS is_share, c.units IS NOT NULL AS has_units, c.price_version_id, c.price_rule_id,
    CASE WHEN t.starts IS NULL THEN 0 ELSE t.starts[width_bucket(
      c.fresh_input_tokens + c.cache_read_tokens + c.cache_write_5m_tokens + c.cache_write_1h_tokens + c.audio_input_tokens, t.starts)] END AS tier_start,
    ${fromCalls}
  FROM call c LEFT JOIN tiers t ON t.version_id = c.price_version_id
  WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at >= ${from}::timestamptz AND c.occurred_at < ${to}::timestamptz
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15`;

const tiers = (tenantId: string) => Prisma.sql`
  WITH tiers AS MATERIALIZED (
    SELECT version_id, array_agg(DISTINCT at ORDER BY at) AS starts FROM (
      SELECT version_id, tier_start AS start FROM price_rate WHERE tier_start > 0
      UNION ALL SELECT version_id, tier_start FROM contract_rate WHERE tenant_id = ${tenantId}::uuid AND tier_start > 0
    ) AS rates CROSS JOIN LATERAL (VALUES (0), (start)) AS both_ends(at) GROUP BY version_id
  )`;

/** What statements in force hold of a month. */
const stated = (tenantId: string, month: string) => Prisma.sql`
  FROM statement_usage u
  WHERE u.tenant_id = ${tenantId}::uuid AND u.of_month = ${dateOf(month)}
    AND (u.month, u.revision) IN (SELECT s.month, s.revision FROM statement s WHERE s.tenant_id = u.tenant_id AND s.reopened_at IS NULL)`;

async function insert(
  db: Db,
  key: StatementKey,
  kind: "usage" | "late",
  ofMonth: string,
  rows: Prisma.Sql,
): Promise<void> {
  await db.$executeRaw`
    ${tiers(key.tenantId)}
    INSERT INTO statement_usage (tenant_id, month, revision, n, kind, of_month, ${keys}, ${sums})
    SELECT ${key.tenantId}::uuid, ${dateOf(key.month)}, ${key.revision},
      (SELECT coalesce(max(n), 0) FROM statement_usage WHERE ${ofStatement(key)}) + row_number() OVER (ORDER BY ${ordered}),
      ${kind}, ${dateOf(ofMonth)}, ${keys}, ${sums}
    FROM (${rows}) AS made`;
}

export async function insertUsageByPrice(db: Db, key: StatementKey, span: ClosedMonth): Promise<void> {
  await insert(db, key, "usage", key.month, callsOf(key.tenantId, span));
}

/** What came late for an earlier month, or went from it (negative), since it was stated. */
export async function insertLateByPrice(db: Db, key: StatementKey, earlier: ClosedMonth): Promise<void> {
  const { tenantId } = key;
  const rows = Prisma.sql`
    SELECT ${keys}, ${added} FROM (
      SELECT ${keys}, ${sums} FROM (${callsOf(tenantId, earlier)}) AS calls
      UNION ALL SELECT ${keys}, ${taken} ${stated(tenantId, earlier.month)}
    ) AS both_sides GROUP BY ${keys} HAVING ${isAnything}`;
  await insert(db, key, "late", earlier.month, rows);
}

/** Whether all that other statements in force hold of a month is there by price. */
export async function isStatedByPrice(db: Db, key: StatementKey, month: string): Promise<boolean> {
  const { tenantId } = key;
  const rows = await db.$queryRaw`
    SELECT NOT EXISTS (
      SELECT 1 FROM statement_line l JOIN statement s ON s.tenant_id = l.tenant_id AND s.month = l.month AND s.revision = l.revision
      WHERE l.tenant_id = ${tenantId}::uuid AND l.of_month = ${dateOf(month)} AND l.kind IN ('usage', 'late') AND s.reopened_at IS NULL
        AND (l.month, l.revision) IS DISTINCT FROM (${dateOf(key.month)}, ${key.revision})
        AND NOT EXISTS (SELECT 1 FROM statement_usage u WHERE u.tenant_id = l.tenant_id AND u.month = l.month
          AND u.revision = l.revision AND u.kind = l.kind AND u.of_month = l.of_month)) AS "isWhole"`;
  return z.tuple([z.object({ isWhole: z.boolean() })]).parse(rows)[0].isWhole;
}

/** Lines whose rows by price do not sum to them: none, or something is wrong. */
export async function countAstray(db: Db, key: StatementKey): Promise<number> {
  const tags = raw("kind, of_month, account_id, team, feature, provider, model");
  const rows = await db.$queryRaw`
    SELECT count(*)::int AS astray FROM (
      SELECT ${tags} FROM (
        SELECT ${tags}, ${sums} FROM statement_usage WHERE ${ofStatement(key)}
        UNION ALL SELECT ${tags}, ${taken} FROM statement_line l WHERE ${ofStatement(key)} AND kind <> 'price'
          AND EXISTS (SELECT 1 FROM statement_usage u WHERE u.tenant_id = l.tenant_id AND u.month = l.month AND u.revision = l.revision
            AND u.kind = l.kind AND u.of_month = l.of_month)
      ) AS both_sides GROUP BY ${tags} HAVING ${isAnything}
    ) AS off`;
  return z.tuple([z.object({ astray: z.number() })]).parse(rows)[0].astray;
}

const text = z.string();
const Usage = z.object({
  n: z.number(),
  kind: z.enum(["usage", "late"]),
  ofMonth: text,
  /** YYYY-MM-DD of the statement's zone; null in rows that are lines of the statement, whole. */
  day: text.nullable(),
  accountId: text,
  team: text,
  feature: text,
  environment: text,
  provider: text,
  model: text,
  batch: z.boolean(),
  serviceTier: text.nullable(),
  basis: z.enum(usageBases),
  isShare: z.boolean(),
  hasUnits: z.boolean(),
  priceVersionId: text.nullable(),
  priceRuleId: text.nullable(),
  tierStart: z.number(),
  calls: text,
  ...(Object.fromEntries(buckets.map((bucket) => [bucket, text])) as Record<Bucket, z.ZodString>),
  costUsd: text,
  unpricedCalls: text,
});
/** Calls of a statement as far as one rate holds. Counts are decimal strings, as is the cost, with all 18 decimals. */
export type StatementUsage = z.infer<typeof Usage>;

const bucketTexts = raw(buckets.map((bucket) => `${bucketColumns[bucket]}::text AS "${bucket}"`).join(", "));

/** A statement's next rows by price. */
export async function usageAfter(
  db: Db,
  key: StatementKey,
  after: number,
  limit: number,
): Promise<StatementUsage[]> {
  const rows = await db.$queryRaw`
    SELECT n, kind, to_char(of_month, 'YYYY-MM') AS "ofMonth", day::text AS day, account_id AS "accountId", team, feature, environment,
      provider, model, batch, nullif(service_tier, '') AS "serviceTier", basis, is_share AS "isShare", has_units AS "hasUnits",
      price_version_id AS "priceVersionId", price_rule_id AS "priceRuleId", tier_start AS "tierStart", calls::text, ${bucketTexts},
      cost_usd::text AS "costUsd", unpriced_calls::text AS "unpricedCalls"
    FROM statement_usage WHERE ${ofStatement(key)} AND n > ${after} ORDER BY statement_usage.n LIMIT ${limit}`;
  return z.array(Usage).parse(rows);
}

/** Lines of which there are no rows by price, as rows of their own: closed by an earlier release, or too many calls. */
export async function wholeLinesAfter(
  db: Db,
  key: StatementKey,
  after: number,
  limit: number,
): Promise<StatementUsage[]> {
  const rows = await db.$queryRaw`
    SELECT n, kind, to_char(of_month, 'YYYY-MM') AS "ofMonth", NULL AS day, account_id AS "accountId", team, feature, '' AS environment,
      provider, model, false AS batch, NULL AS "serviceTier", 'whole' AS basis, false AS "isShare", false AS "hasUnits",
      NULL AS "priceVersionId", NULL AS "priceRuleId", 0 AS "tierStart", calls::text, ${bucketTexts},
      cost_usd::text AS "costUsd", unpriced_calls::text AS "unpricedCalls"
    FROM statement_line l WHERE ${ofStatement(key)} AND kind <> 'price' AND n > ${after}
      AND NOT EXISTS (SELECT 1 FROM statement_usage u WHERE u.tenant_id = l.tenant_id AND u.month = l.month AND u.revision = l.revision
        AND u.kind = l.kind AND u.of_month = l.of_month)
    ORDER BY l.n LIMIT ${limit}`;
  return z.array(Usage).parse(rows);
}

/** Gives somebody who is forgotten another name, as the jobs' role. */
export async function renameInUsage(
  db: Db,
  tenantId: string,
  ids: readonly string[],
  alias: string,
): Promise<void> {
  await db.$executeRaw`
    UPDATE statement_usage SET account_id = ${alias}
    WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY (${[...ids]}::text[])`;
}
