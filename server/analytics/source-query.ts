import { Prisma } from "@/prisma/generated/client";
import { DomainError } from "@/server/errors";
import { measures } from "@/server/rollups/shape";
import { type Cut, dayBucket, instantBucket } from "./buckets";
import { filterSql } from "./conditions";
import { columnOf, type Dimension, type Family, familyOf } from "./dimensions";
import { knownLedgerSql } from "./known-ledger-query";
import { type Built, cutIntoPieces, type Piece } from "./pieces";
import type { Range } from "./range";
import type { Grouping, SpendFilter } from "./schemas";

export interface SourceQuestion {
  tenantId: string;
  timeZone: string;
  range: Range;
  built: Built;
  /** Tags whose columns the rows are to have. */
  dimensions: readonly Grouping[];
  filter: SpendFilter;
  granularity: Cut;
  /** Null: as it is known now. */
  knownAt: Date | null;
}

const raw = (text: string) => Prisma.raw(text);
const measureNames = Object.keys(measures).join(", ");
/** Days of users answered from the ledger at most: by user there are no quarter hours. */
const longestLedgerDays = 35;

const ofTenant = ({ tenantId }: SourceQuestion) => Prisma.sql`tenant_id = ${tenantId}::uuid`;
const between = (column: string, from: Date, to: Date) =>
  Prisma.sql`${raw(column)} >= ${from}::timestamptz AND ${raw(column)} < ${to}::timestamptz`;

/** Roll-ups made on the spot, of these calls. */
function ledgerSql(question: SourceQuestion, columns: readonly Dimension[], calls: Prisma.Sql): Prisma.Sql {
  const { granularity, timeZone, filter } = question;
  const bucket = instantBucket("occurred_at", granularity, timeZone);
  const tag = (column: string) => `coalesce(${column}, '')`;
  const picked = columns.map((column) => `${tag(column)} AS ${column}, `).join("");
  const sums = Object.entries(measures).map(([name, sql]) => `${sql} AS ${name}`);
  const ordinals = [1, ...columns.map((_, i) => i + 2)].join(", ");
  return Prisma.sql`SELECT ${bucket} AS bucket, ${raw(picked)}${raw(sums.join(", "))}
    FROM ${calls} AS call WHERE true ${filterSql(filter, tag)} GROUP BY ${raw(ordinals)}`;
}

function slotLedgerSql(
  question: SourceQuestion,
  columns: readonly Dimension[],
  from: Date,
  to: Date,
): Prisma.Sql {
  if (to.getTime() - from.getTime() > longestLedgerDays * 86_400_000) {
    const most = `By user, hours of at most ${String(longestLedgerDays)} days can be told.`;
    throw new DomainError("INVALID_INPUT", most, { field: "from" });
  }
  const calls = Prisma.sql`(SELECT * FROM call WHERE ${ofTenant(question)} AND ${between("occurred_at", from, to)})`;
  return ledgerSql(question, columns, calls);
}

/** The table of a family at a grain; null: there is none, and the ledger is read instead. */
function tableOf(family: Family, grain: Piece["grain"]): string | null {
  if (family.kind === "projection") return family.ofUsers && grain === "slot" ? null : `rollup_${grain}_by`;
  if (family.kind === "work") return `rollup_${grain}`;
  return grain === "day" || (family.isSummed && grain !== "slot") ? `rollup_user_${grain}` : null;
}

/** Of single tags of the work there are few rows a day, and people together with most tags are hardly ever the same. */
const hasBlocks = (family: Family) =>
  family.kind === "work" || (family.kind === "projection" ? family.ofUsers : family.isSummed);

/** What there is of a family: by people and most other tags there are days and no months, and of people alone recent days. */
function knownOf(family: Family, built: Built): Built {
  if (family.kind === "users") return family.isSummed ? built : { ...built, monthsTo: null, recentTo: null };
  return family.kind === "projection" && family.ofUsers ? built : { ...built, recentTo: null };
}

function boundsOf(piece: Piece): Prisma.Sql {
  if (piece.grain === "slot") return between("slot", piece.from, piece.to);
  if (piece.grain === "block") {
    return Prisma.sql`days = ${raw(String(piece.size))} AND block = ANY (${piece.blocks}::date[])`;
  }
  return Prisma.sql`${raw(piece.grain)} BETWEEN ${piece.first}::date AND ${piece.last}::date`;
}

function pieceSql(
  question: SourceQuestion,
  family: Family,
  columns: readonly Dimension[],
  piece: Piece,
): Prisma.Sql {
  const { granularity, timeZone } = question;
  const table = tableOf(family, piece.grain);
  if (piece.grain === "slot" && table === null) return slotLedgerSql(question, columns, piece.from, piece.to);
  if (table === null) throw new RangeError(`There is no roll-up of ${family.kind} by ${piece.grain}`);
  const isProjection = family.kind === "projection";
  const read = (column: string) => (isProjection ? "value" : column);
  const picked = columns.map((column) => `${read(column)} AS ${column}, `).join("");
  const bucket =
    piece.grain === "slot"
      ? instantBucket("slot", granularity, timeZone)
      : dayBucket(piece.grain, granularity);
  const dimension = isProjection ? Prisma.sql`AND dimension = ${family.dimension}` : Prisma.empty;
  return Prisma.sql`SELECT ${bucket} AS bucket, ${raw(picked)}${raw(measureNames)} FROM ${raw(table)}
    WHERE ${ofTenant(question)} AND ${boundsOf(piece)} ${dimension} ${filterSql(question.filter, read)}`;
}

/**
 * A subquery of rows that together are exactly the range, still to be grouped: `bucket` (null for granularity total), the
 * columns of the dimensions ('' is no tag), every measure of server/rollups/shape.ts. Read from the cheapest roll-ups that
 * know the tags; as known at an earlier instant, from the ledger and its history.
 * @throws DomainError INVALID_INPUT for tags that no roll-up has together
 */
export function sourceSql(question: SourceQuestion): Prisma.Sql {
  const { tenantId, range, granularity, knownAt, built, timeZone } = question;
  const family = familyOf(question.dimensions, question.filter);
  const columns = [...new Set(question.dimensions)].map((name) => columnOf[name]);
  if (knownAt) return Prisma.sql`(${ledgerSql(question, columns, knownLedgerSql(tenantId, range, knownAt))})`;
  // The projections come with the days; while those are being built anew, all quarter hours are there.
  const usable =
    !built.days && family.kind === "projection" && !family.ofUsers ? ({ kind: "work" } as const) : family;
  const pieces = cutIntoPieces(range, granularity, knownOf(usable, built), timeZone, hasBlocks(usable));
  const parts = pieces.map((piece) => pieceSql(question, usable, columns, piece));
  return Prisma.sql`(${Prisma.join(parts, " UNION ALL ")})`;
}
