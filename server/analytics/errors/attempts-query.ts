import { Prisma } from "@/prisma/generated/client";
import { DomainError } from "@/server/errors";
import { retriesSql } from "@/server/rollups/retry-causes-query";
import { attemptMeasures } from "@/server/rollups/retry-queries";
import { workDimensions } from "@/server/rollups/shape";
import { filterSql } from "../conditions";
import { columnOf } from "../dimensions";
import { type Built, cutIntoPieces, type Piece } from "../pieces";
import type { Range } from "../range";
import type { Grouping, SpendFilter } from "../schemas";

export interface AttemptsQuestion {
  tenantId: string;
  timeZone: string;
  range: Range;
  built: Built;
  filter: SpendFilter;
}

/** Days read from the ledger at most, which is all of the range while days are being built anew. */
const longestLedgerDays = 92;

const raw = (text: string) => Prisma.raw(text);
const tags = workDimensions.join(", ");
const measures = Object.keys(attemptMeasures).join(", ");
const sums = Object.entries(attemptMeasures)
  .map(([name, sql]) => `${sql} AS ${name}`)
  .join(", ");
const ofCall = (column: string) => `coalesce(c.${column}, '')`;

/** @throws DomainError INVALID_INPUT: days of attempts are not kept by user */
function requireWorkTags(filter: SpendFilter): void {
  const ofUsers = (Object.keys(filter) as Grouping[]).find(
    (name) => !(workDimensions as readonly string[]).includes(columnOf[name]),
  );
  if (ofUsers === undefined) return;
  const message = `Causes of retries and failures cannot be filtered by ${ofUsers}; the list of calls can.`;
  throw new DomainError("INVALID_INPUT", message, { field: "filter" });
}

function union(question: AttemptsQuestion, sqlOf: (piece: Piece) => Prisma.Sql): Prisma.Sql {
  requireWorkTags(question.filter);
  const { range, built, timeZone } = question;
  const pieces = cutIntoPieces(range, "total", { ...built, monthsTo: null }, timeZone);
  const longest = Math.max(
    ...pieces.map((piece) => (piece.grain === "slot" ? piece.to.getTime() - piece.from.getTime() : 0)),
  );
  if (longest > longestLedgerDays * 86_400_000 + 3_600_000) {
    const message = "Days are being built anew; ask again in a few minutes, or for a shorter range.";
    throw new DomainError("UNAVAILABLE", message, { retryAfterSeconds: 60 });
  }
  return Prisma.sql`(${Prisma.join(pieces.map(sqlOf), " UNION ALL ")})`;
}

function daysSql(
  { tenantId, filter }: AttemptsQuestion,
  table: string,
  detail: string,
  piece: Exclude<Piece, { grain: "slot" }>,
): Prisma.Sql {
  if (piece.grain !== "day") throw new RangeError(`There is no ${table} by ${piece.grain}`);
  return Prisma.sql`SELECT ${raw(`${tags}, ${detail}, ${measures}`)} FROM ${raw(table)}
    WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${piece.first}::date AND ${piece.last}::date ${filterSql(filter)}`;
}

/**
 * A subquery of attempts beyond the first, still to be grouped: the work's tags and `cause` ('' = none), calls, cost_usd,
 * unpriced_calls. Whole days are read from their roll-up, ragged ends from the ledger, which may be a minute ahead of it.
 * @throws DomainError INVALID_INPUT for a filter by user, UNAVAILABLE while days of a long range are built anew
 */
export function retriesSource(question: AttemptsQuestion): Prisma.Sql {
  const { tenantId, filter } = question;
  return union(question, (piece) => {
    if (piece.grain !== "slot") return daysSql(question, "rollup_retry_day", "cause", piece);
    const [from, to] = [Prisma.sql`${piece.from}::timestamptz`, Prisma.sql`${piece.to}::timestamptz`];
    return Prisma.sql`SELECT ${raw(`${tags}, cause, ${sums}`)}
      FROM (${retriesSql(tenantId, from, to, filterSql(filter, ofCall))}) AS retry GROUP BY ${raw(`${tags}, cause`)}`;
  });
}

/**
 * A subquery of calls that failed, still to be grouped: the work's tags, `billed`, calls, cost_usd, unpriced_calls. Read as
 * retries are.
 * @throws DomainError INVALID_INPUT for a filter by user, UNAVAILABLE while days of a long range are built anew
 */
export function failuresSource(question: AttemptsQuestion): Prisma.Sql {
  const { tenantId, filter } = question;
  const tagsOfCalls = workDimensions.map((name) => `${ofCall(name)} AS ${name}`).join(", ");
  const ordinals = [...workDimensions, "billed"].map((_, at) => String(at + 1)).join(", ");
  return union(question, (piece) => {
    if (piece.grain !== "slot") return daysSql(question, "rollup_failure_day", "billed", piece);
    return Prisma.sql`SELECT ${raw(`${tagsOfCalls}, c.billed, ${sums}`)} FROM call c
      WHERE c.tenant_id = ${tenantId}::uuid AND c.occurred_at >= ${piece.from}::timestamptz
        AND c.occurred_at < ${piece.to}::timestamptz AND c.error_class IS NOT NULL ${filterSql(filter, ofCall)}
      GROUP BY ${raw(ordinals)}`;
  });
}
