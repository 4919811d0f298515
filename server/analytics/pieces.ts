import {
  addDays,
  daysBetween,
  isStartOfDay,
  localDay,
  type LocalDay,
  startOfDay,
} from "@/server/calendar/local-day";
import { addMonths, firstOfMonth } from "@/server/calendar/month";
import { coverOf } from "@/server/rollups/blocks";
import { recentStretches } from "@/server/rollups/recent-days";
import { type Cut, isFinerThanDay } from "./buckets";
import type { Range } from "./range";

/** How far the roll-ups are that a question can be answered from. */
export interface Built {
  /** Days, months and projections are of the tenant's zone and complete. */
  days: boolean;
  /** The months before this first day of one are summed; null: none. */
  monthsTo: LocalDay | null;
  /** Wide blocks that end before this day are summed (server/rollups/blocks.ts); null: none. */
  blocksTo: LocalDay | null;
  /** People's sums of recent days are those of this day's beginning (server/rollups/recent-days.ts); null: there are none. */
  recentTo: LocalDay | null;
}

/** A stretch of a range and the roll-ups that it is read from; together they are the range, without overlap. */
export type Piece =
  | { grain: "slot"; from: Date; to: Date }
  /** Inclusive local days. */
  | { grain: "day"; first: LocalDay; last: LocalDay }
  /** Blocks of so many days, or stretches of recent ones, each by its first day (server/rollups/blocks.ts, recent-days.ts). */
  | { grain: "block"; size: number; blocks: LocalDay[] }
  /** Inclusive months, each by its first day. */
  | { grain: "month"; first: LocalDay; last: LocalDay };

function covered(first: LocalDay, end: LocalDay, { blocksTo }: Built): Piece[] {
  const { days, blocks } = coverOf(first, end, blocksTo);
  return [
    ...days.map((run): Piece => ({ grain: "day", ...run })),
    ...blocks.map((block): Piece => ({ grain: "block", ...block })),
  ];
}

/** Days and blocks to be read: of each, people have about as many rows. */
function countOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, piece) => {
    if (piece.grain === "day") return sum + daysBetween(piece.first, piece.last) + 1;
    return sum + (piece.grain === "block" ? piece.blocks.length : 1);
  }, 0);
}

/** [first, end) in blocks, or around one of the recent stretches, whichever is less to read. */
function daysAndBlocks(first: LocalDay, end: LocalDay, built: Built): Piece[] {
  const recent = built.recentTo === null ? [] : recentStretches(built.recentTo);
  return recent
    .map(({ first: begin, days }) => ({ begin, days, after: addDays(begin, days) }))
    .filter(({ begin, after }) => begin >= first && after <= end)
    .map(({ begin, days, after }): Piece[] => [
      ...covered(first, begin, built),
      { grain: "block", size: days, blocks: [begin] },
      ...covered(after, end, built),
    ])
    .reduce((best, pieces) => (countOf(pieces) < countOf(best) ? pieces : best), covered(first, end, built));
}

/** Whole months that are summed, and the days around them. */
function daysAndMonths(first: LocalDay, last: LocalDay, monthsTo: LocalDay): Piece[] {
  const begin = first === firstOfMonth(first) ? first : addMonths(firstOfMonth(first), 1);
  const afterLast = firstOfMonth(addDays(last, 1));
  const end = afterLast < monthsTo ? afterLast : monthsTo;
  if (begin >= end) return [{ grain: "day", first, last }];
  return [
    ...(first < begin ? [{ grain: "day", first, last: addDays(begin, -1) } as const] : []),
    { grain: "month", first: begin, last: addMonths(end, -1) },
    ...(end <= last ? [{ grain: "day", first: end, last } as const] : []),
  ];
}

function wholeDays(
  first: LocalDay,
  last: LocalDay,
  granularity: Cut,
  built: Built,
  withBlocks: boolean,
): Piece[] {
  if (withBlocks && granularity === "total") return daysAndBlocks(first, addDays(last, 1), built);
  if (granularity === "day" || built.monthsTo === null) return [{ grain: "day", first, last }];
  return daysAndMonths(first, last, built.monthsTo);
}

/**
 * Cuts a range into the fewest roll-up rows that answer it: blocks or whole months, the days around them, quarter hours at
 * ragged ends. Finer than a day, or while days are being built anew, everything is read from the quarter hours.
 * @param withBlocks whether the roll-ups at hand have blocks, which are in no month: they serve totals, instead of months
 */
export function cutIntoPieces(
  range: Range,
  granularity: Cut,
  built: Built,
  timeZone: string,
  withBlocks = false,
): Piece[] {
  const { from, to } = range;
  if (isFinerThanDay(granularity) || !built.days) return [{ grain: "slot", from, to }];
  const dayOfFrom = localDay(from, timeZone);
  const first = isStartOfDay(from, timeZone) ? dayOfFrom : addDays(dayOfFrom, 1);
  const last = addDays(localDay(to, timeZone), -1);
  if (last < first) return [{ grain: "slot", from, to }];
  const [begin, end] = [startOfDay(first, timeZone), startOfDay(addDays(last, 1), timeZone)];
  return [
    ...(from < begin ? [{ grain: "slot", from, to: begin } as const] : []),
    ...wholeDays(first, last, granularity, built, withBlocks),
    ...(end < to ? [{ grain: "slot", from: end, to } as const] : []),
  ];
}
