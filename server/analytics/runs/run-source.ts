import { Prisma } from "@/prisma/generated/client";
import { DomainError } from "@/server/errors";
import {
  runBounds,
  runDimensions,
  runDimensionsOfCalls,
  runMeasuresOfCalls,
  runSumNames,
} from "@/server/rollups/run-shape";
import { filterSql } from "../conditions";
import { type Built, cutIntoPieces, type Piece } from "../pieces";
import type { Range } from "../range";
import { type RunFilter, runFilters } from "../runs-schemas";
import type { SpendFilter } from "../schemas";

export interface RunSource {
  tenantId: string;
  timeZone: string;
  range: Range;
  built: Built;
  filter: SpendFilter;
}

const raw = (text: string) => Prisma.raw(text);
/** Read from the ledger at most, while days are being built anew. */
const longestLedgerDays = 35;
const columns = raw([...runDimensions, ...runSumNames, ...Object.keys(runBounds)].join(", "));
const ordinals = raw(runDimensions.map((_, at) => String(at + 1)).join(", "));

/** @throws DomainError INVALID_INPUT for a tag that runs are not kept by */
export function requireRunFilter(filter: SpendFilter): void {
  const missing = Object.keys(filter).find((name) => !runFilters.includes(name as RunFilter));
  if (missing === undefined) return;
  const known = runFilters.join(", ");
  throw new DomainError("INVALID_INPUT", `Runs can be filtered by ${known}; not by ${missing}.`, {
    field: `filter.${missing}`,
  });
}

// By the day, for there are no months of runs.
const piecesOf = ({ range, built, timeZone }: RunSource) => cutIntoPieces(range, "day", built, timeZone);

function ledgerSql(
  { tenantId, filter }: RunSource,
  { from, to }: Piece & { grain: "slot" },
  only: Prisma.Sql,
): Prisma.Sql {
  if (to.getTime() - from.getTime() > longestLedgerDays * 86_400_000) {
    throw new DomainError("UNAVAILABLE", "Days are being built anew; ask again in a minute.", {
      retryAfterSeconds: 30,
    });
  }
  return Prisma.sql`SELECT ${raw(runDimensionsOfCalls)}, ${raw(runMeasuresOfCalls)} FROM call
    WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz
      AND run_id IS NOT NULL ${only} ${filterSql(filter, (column) => `coalesce(${column}, '')`)} GROUP BY ${ordinals}`;
}

/** Condition for the whole days of the range, of which there is one stretch at most; nothing is of none. */
export function wholeDaysSql(source: RunSource): Prisma.Sql {
  const days = piecesOf(source).find((piece) => piece.grain === "day");
  if (!days) return raw("false");
  return Prisma.sql`tenant_id = ${source.tenantId}::uuid AND day BETWEEN ${days.first}::date AND ${days.last}::date`;
}

function rowsSql(source: RunSource, ofDays: Prisma.Sql, only: Prisma.Sql): Prisma.Sql {
  const rolled = Prisma.sql`SELECT ${columns} FROM rollup_run_day WHERE ${wholeDaysSql(source)} ${ofDays} ${only} ${filterSql(source.filter)}`;
  const ledger = piecesOf(source).flatMap((piece) =>
    piece.grain === "slot" ? [ledgerSql(source, piece, only)] : [],
  );
  return Prisma.sql`(${Prisma.join([rolled, ...ledger], " UNION ALL ")})`;
}

/**
 * A subquery of rows of these runs, still to be grouped: the columns of server/rollups/run-shape.ts. Whole days are read from
 * the roll-up, ragged ends from the ledger.
 * @throws DomainError UNAVAILABLE while days are being built anew, for more than 35 of them
 */
export const rowsOfRunsSql = (source: RunSource, runIds: readonly string[]): Prisma.Sql =>
  rowsSql(source, Prisma.empty, Prisma.sql`AND run_id = ANY (${[...runIds]}::text[])`);

/** The same of all runs that may have more than one row, and so have to be grouped. */
export const partsOfRunsSql = (source: RunSource): Prisma.Sql =>
  rowsSql(source, raw("AND NOT alone"), Prisma.empty);

const areWhole = (source: RunSource) =>
  Prisma.sql`${wholeDaysSql(source)} AND alone ${filterSql(source.filter)}`;

/** The rest: rows that are a run each. No row of the ledger is of such a run, whose only day is a whole one. */
export const wholeRunsSql = (source: RunSource): Prisma.Sql =>
  Prisma.sql`SELECT ${columns} FROM rollup_run_day WHERE ${areWhole(source)}`;

/**
 * The first `most` of these in an order: their places are found in the order's index, which knows the tags of the work, and
 * only then their rows.
 */
export const firstWholeRunsSql = (source: RunSource, order: Prisma.Sql, most: number): Prisma.Sql =>
  Prisma.sql`SELECT ${columns} FROM rollup_run_day JOIN (
      SELECT day, n FROM rollup_run_day WHERE ${areWhole(source)} ORDER BY ${order} LIMIT ${most}
    ) AS place USING (day, n) WHERE tenant_id = ${source.tenantId}::uuid`;
