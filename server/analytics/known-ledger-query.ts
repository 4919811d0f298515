import { Prisma } from "@/prisma/generated/client";
import { ledgerColumns } from "@/server/calls/ledger-columns";
import type { Range } from "./range";

/** What of a call can change, and is kept in its history when it does. */
const changing = [
  "cost_usd",
  "price_status",
  "user_id",
  "account_id",
  "feature",
  "team",
  "environment",
  "prompt_id",
  "prompt_version",
] as const;
/** What is settled when a call is stored. */
const settled = ledgerColumns
  .map(({ column }) => column)
  .filter((column) => column !== "call_id" && !(changing as readonly string[]).includes(column));

const raw = (text: string) => Prisma.raw(text);

/**
 * The calls of a range as they were known at an instant: those received by then, those that were counted then and have
 * been linked to a better report since, each as it was before its first change after that.
 */
export function knownLedgerSql(tenantId: string, range: Range, knownAt: Date): Prisma.Sql {
  const columns = raw(["call_id", ...settled, ...changing].join(", "));
  const bounds = Prisma.sql`tenant_id = ${tenantId}::uuid AND occurred_at >= ${range.from}::timestamptz AND occurred_at < ${range.to}::timestamptz`;
  const then = changing.map(
    (name) => `CASE WHEN h.call_id IS NULL THEN c.${name} ELSE h.${name} END AS ${name}`,
  );
  const same = settled.map((name) => `c.${name}`);
  return Prisma.sql`(
    SELECT ${raw([...same, ...then].join(", "))} FROM (
      SELECT ${columns} FROM call WHERE ${bounds} AND received_at <= ${knownAt}::timestamptz
      UNION ALL
      SELECT ${columns} FROM call_linked WHERE ${bounds} AND received_at <= ${knownAt}::timestamptz AND counted_until > ${knownAt}::timestamptz
    ) AS c
    LEFT JOIN (
      SELECT DISTINCT ON (occurred_at, call_id) occurred_at, call_id, ${raw(changing.join(", "))}
      FROM call_history WHERE ${bounds} AND superseded_at > ${knownAt}::timestamptz
      ORDER BY occurred_at, call_id, superseded_at, n
    ) AS h ON h.occurred_at = c.occurred_at AND h.call_id = c.call_id
  )`;
}
