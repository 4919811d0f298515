import { z } from "zod";
import { Prisma } from "@/prisma/generated/client";
import { bucketColumns } from "@/server/calls/ledger-columns";
import type { Db } from "@/server/db";
import { type ClosedMonth, isOfWholeDays } from "@/server/periods/closed-month";
import { type Bucket, buckets } from "@/server/prices/buckets";
import { everything, type Measure, measures } from "@/server/rollups/shape";
import type { StatementLine } from "./canonical";
import { lineKinds } from "./schemas";

const raw = (text: string) => Prisma.raw(text);
const tagNames = ["account_id", "team", "feature", "provider", "model"] as const;
const sumNames = [
  "calls",
  ...buckets.map((bucket) => bucketColumns[bucket]),
  "cost_usd",
  "unpriced_calls",
] as const satisfies readonly Measure[];

const tags = raw(tagNames.join(", "));
const sums = raw(sumNames.join(", "));
const added = raw(sumNames.map((name) => `sum(${name}) AS ${name}`).join(", "));
const taken = raw(sumNames.map((name) => `-${name}`).join(", "));
const isAnything = raw(sumNames.map((name) => `sum(${name}) <> 0`).join(" OR "));
const fromCalls = raw(sumNames.map((name) => `${measures[name]} AS ${name}`).join(", "));
const tagsOfCalls = raw(tagNames.map((name) => `coalesce(c.${name}, '') AS ${name}`).join(", "));
/** Whatever the database's collation is, lines come in one order. */
const ordered = raw(tagNames.map((name) => `${name} COLLATE "C"`).join(", "));
const none = raw(buckets.map((bucket) => `0 AS ${bucketColumns[bucket]}`).join(", "));

export interface StatementKey {
  tenantId: string;
  month: string;
  revision: number;
}

const dateOf = (month: string) => Prisma.sql`${`${month}-01`}::date`;
const ofStatement = ({ tenantId, month, revision }: StatementKey) =>
  Prisma.sql`tenant_id = ${tenantId}::uuid AND month = ${dateOf(month)} AND revision = ${revision}`;

/** The calls of a month by tags: from the days by user where they were cut in its zone, else from the ledger. */
function callsOf(tenantId: string, span: ClosedMonth, zoneOfDays: string): Prisma.Sql {
  const { month, timeZone, from, to } = span;
  return timeZone === zoneOfDays && isOfWholeDays(span)
    ? Prisma.sql`SELECT ${tags}, ${added} FROM rollup_user_day
        WHERE tenant_id = ${tenantId}::uuid AND day >= ${dateOf(month)} AND day < (${dateOf(month)} + interval '1 month')::date
        GROUP BY ${tags}`
    : Prisma.sql`SELECT ${tagsOfCalls}, ${fromCalls} FROM call c
        WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at >= ${from}::timestamptz AND c.occurred_at < ${to}::timestamptz
        GROUP BY 1, 2, 3, 4, 5`;
}

/** What earlier statements in force hold of a month: its own lines, and what came late. */
const stated = (tenantId: string, month: string) => Prisma.sql`
  FROM statement_line l
  WHERE l.tenant_id = ${tenantId}::uuid AND l.of_month = ${dateOf(month)} AND l.kind IN ('usage', 'late')
    AND (l.month, l.revision) IN (SELECT s.month, s.revision FROM statement s WHERE s.tenant_id = l.tenant_id AND s.reopened_at IS NULL)`;

/** Adds lines behind those that are there. */
async function insert(db: Db, key: StatementKey, kind: string, lines: Prisma.Sql): Promise<void> {
  await db.$executeRaw`
    INSERT INTO statement_line (tenant_id, month, revision, n, kind, of_month, ${tags}, ${sums})
    SELECT ${key.tenantId}::uuid, ${dateOf(key.month)}, ${key.revision},
      (SELECT coalesce(max(n), 0) FROM statement_line WHERE ${ofStatement(key)}) + row_number() OVER (ORDER BY of_month, ${ordered}),
      ${kind}, of_month, ${tags}, ${sums}
    FROM (${lines}) AS made`;
}

export async function insertUsage(db: Db, key: StatementKey, span: ClosedMonth): Promise<void> {
  const calls = callsOf(key.tenantId, span, span.timeZone);
  await insert(
    db,
    key,
    "usage",
    Prisma.sql`SELECT ${dateOf(key.month)} AS of_month, * FROM (${calls}) AS calls`,
  );
}

/** Calls of an earlier closed month that no statement in force holds; what went from it is negative. */
export async function insertLate(
  db: Db,
  key: StatementKey,
  earlier: ClosedMonth,
  zoneOfDays: string,
): Promise<void> {
  const { tenantId } = key;
  await insert(
    db,
    key,
    "late",
    Prisma.sql`
      SELECT ${dateOf(earlier.month)} AS of_month, ${tags}, ${added} FROM (
        SELECT ${tags}, ${sums} FROM (${callsOf(tenantId, earlier, zoneOfDays)}) AS calls
        UNION ALL SELECT ${tags}, ${taken} ${stated(tenantId, earlier.month)}
      ) AS both_sides GROUP BY ${tags} HAVING ${isAnything}`,
  );
}

/** Corrections of what calls of closed months cost, booked in [from, to). */
export async function insertPriceCorrections(
  db: Db,
  key: StatementKey,
  { from, to }: Pick<ClosedMonth, "from" | "to">,
): Promise<void> {
  await insert(
    db,
    key,
    "price",
    Prisma.sql`
      SELECT c.month AS of_month, ${tagsOfCalls}, count(DISTINCT (c.occurred_at, c.call_id)) AS calls, ${none},
        sum(c.delta_usd) AS cost_usd, 0 AS unpriced_calls
      FROM call_correction c
      WHERE c.tenant_id = ${key.tenantId}::uuid AND c.booked_at >= ${from}::timestamptz AND c.booked_at < ${to}::timestamptz
      GROUP BY 1, 2, 3, 4, 5, 6`,
  );
}

const Sums = z.object(
  Object.fromEntries(sumNames.map((name) => [name, z.string()])) as Record<
    (typeof sumNames)[number],
    z.ZodString
  >,
);
export type Sums = z.infer<typeof Sums>;
const asText = raw(
  sumNames.map((name) => `coalesce(sum(${name}), 0)::numeric(48, 18)::text AS ${name}`).join(", "),
);

/** Of all calls of a stretch, by quarter hours: other roll-ups than lines are made of. Decimal strings. */
export async function slotSums(
  db: Db,
  tenantId: string,
  { from, to }: Pick<ClosedMonth, "from" | "to">,
): Promise<Sums> {
  const rows = await db.$queryRaw`
    SELECT ${asText} FROM rollup_slot_by
    WHERE tenant_id = ${tenantId}::uuid AND dimension = ${everything}
      AND slot >= ${from}::timestamptz AND slot < ${to}::timestamptz`;
  return z.tuple([Sums]).parse(rows)[0];
}

/** Of what statements in force hold of a month. */
export async function statedSums(db: Db, tenantId: string, month: string): Promise<Sums> {
  const rows = await db.$queryRaw`SELECT ${asText} ${stated(tenantId, month)}`;
  return z.tuple([Sums]).parse(rows)[0];
}

const OfKind = Sums.extend({ kind: z.enum(lineKinds), ofMonth: z.string(), lines: z.number() });
export type SumsOfKind = z.infer<typeof OfKind>;

/** Of a statement's lines, by kind and by the month that they are about. */
export async function sumsByKind(db: Db, key: StatementKey): Promise<SumsOfKind[]> {
  const rows = await db.$queryRaw`
    SELECT kind, to_char(of_month, 'YYYY-MM') AS "ofMonth", count(*)::int AS lines, ${asText} FROM statement_line
    WHERE ${ofStatement(key)} GROUP BY kind, of_month ORDER BY kind DESC, of_month`;
  return z.array(OfKind).parse(rows);
}

const count = z.string();
const Line = z.object({
  n: z.number(),
  kind: z.enum(lineKinds),
  ofMonth: z.string(),
  accountId: z.string(),
  team: z.string(),
  feature: z.string(),
  provider: z.string(),
  model: z.string(),
  calls: count,
  ...(Object.fromEntries(buckets.map((bucket) => [bucket, count])) as Record<Bucket, z.ZodString>),
  costUsd: z.string(),
  unpricedCalls: count,
});
const bucketTexts = raw(buckets.map((bucket) => `${bucketColumns[bucket]}::text AS "${bucket}"`).join(", "));

/** A statement's next lines, in the order of their numbers. */
export async function linesAfter(
  db: Db,
  key: StatementKey,
  after: number,
  limit: number,
): Promise<StatementLine[]> {
  const rows = await db.$queryRaw`
    SELECT n, kind, to_char(of_month, 'YYYY-MM') AS "ofMonth", account_id AS "accountId", team, feature, provider, model,
      calls::text, ${bucketTexts}, cost_usd::text AS "costUsd", unpriced_calls::text AS "unpricedCalls"
    FROM statement_line WHERE ${ofStatement(key)} AND n > ${after} ORDER BY statement_line.n LIMIT ${limit}`;
  return z.array(Line).parse(rows);
}

/** Gives somebody who is forgotten another name in all lines. @returns the statements that named them */
export async function renameAccounts(
  db: Db,
  tenantId: string,
  ids: readonly string[],
  alias: string,
): Promise<{ month: string; revision: number }[]> {
  const rows = await db.$queryRaw`
    WITH renamed AS (
      UPDATE statement_line SET account_id = ${alias}
      WHERE tenant_id = ${tenantId}::uuid AND account_id = ANY (${[...ids]}::text[]) RETURNING month, revision
    )
    SELECT DISTINCT to_char(month, 'YYYY-MM') AS month, revision FROM renamed ORDER BY 1, 2`;
  return z.array(z.object({ month: z.string(), revision: z.number() })).parse(rows);
}
