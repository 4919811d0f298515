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
  /** Only these runs. */
  runIds?: readonly string[];
}

const raw = (text: string) => Prisma.raw(text);
/** Read from the ledger at most, while days are being built anew. */
const longestLedgerDays = 35;
const rolled = raw([...runDimensions, ...runSumNames, ...Object.keys(runBounds)].join(", "));
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

function pieceSql({ tenantId, filter, runIds }: RunSource, piece: Piece): Prisma.Sql {
  const only = runIds ? Prisma.sql`AND run_id = ANY (${[...runIds]}::text[])` : Prisma.empty;
  if (piece.grain === "slot") {
    const { from, to } = piece;
    if (to.getTime() - from.getTime() > longestLedgerDays * 86_400_000) {
      throw new DomainError("UNAVAILABLE", "Days are being built anew; ask again in a minute.", {
        retryAfterSeconds: 30,
      });
    }
    return Prisma.sql`SELECT ${raw(runDimensionsOfCalls)}, ${raw(runMeasuresOfCalls)} FROM call
      WHERE tenant_id = ${tenantId}::uuid AND occurred_at >= ${from}::timestamptz AND occurred_at < ${to}::timestamptz
        AND run_id IS NOT NULL ${only} ${filterSql(filter, (column) => `coalesce(${column}, '')`)} GROUP BY ${ordinals}`;
  }
  return Prisma.sql`SELECT ${rolled} FROM rollup_run_day
    WHERE tenant_id = ${tenantId}::uuid AND day BETWEEN ${piece.first}::date AND ${piece.last}::date ${only} ${filterSql(filter)}`;
}

/**
 * A subquery of rows that together are the runs' calls of the range, still to be grouped by run_id: the columns of
 * server/rollups/run-shape.ts. Whole days are read from the roll-up, ragged ends from the ledger.
 * @throws DomainError UNAVAILABLE while days are being built anew, for more than 35 of them
 */
export function runSourceSql(source: RunSource): Prisma.Sql {
  // By the day, for there are no months of runs.
  const pieces = cutIntoPieces(source.range, "day", source.built, source.timeZone);
  return Prisma.sql`(${Prisma.join(
    pieces.map((piece) => pieceSql(source, piece)),
    " UNION ALL ",
  )})`;
}
