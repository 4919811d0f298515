import { addDays, isStartOfDay, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import { addMonths, firstOfMonth } from "@/server/calendar/month";
import { blockOf, blockSizes, type BlockSize, smallestSize } from "@/server/rollups/blocks";
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
}

/** A stretch of a range and the roll-ups that it is read from; together they are the range, without overlap. */
export type Piece =
  | { grain: "slot"; from: Date; to: Date }
  /** Inclusive local days. */
  | { grain: "day"; first: LocalDay; last: LocalDay }
  /** Blocks of so many days, each by its first day (server/rollups/blocks.ts). */
  | { grain: "block"; size: BlockSize; blocks: LocalDay[] }
  /** Inclusive months, each by its first day. */
  | { grain: "month"; first: LocalDay; last: LocalDay };

const widestFirst = [...blockSizes].reverse();

function firstDays(begin: LocalDay, end: LocalDay, size: BlockSize): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = begin; day < end; day = addDays(day, size)) days.push(day);
  return days;
}

/** [first, end) in the widest blocks that fit, narrower ones around them, and days at its ends. */
function nested(first: LocalDay, end: LocalDay, blocksTo: LocalDay, sizes: readonly BlockSize[]): Piece[] {
  if (first >= end) return [];
  const [size, ...narrower] = sizes;
  if (size === undefined) return [{ grain: "day", first, last: addDays(end, -1) }];
  const known = size === smallestSize || end < blocksTo ? end : blocksTo;
  const [begin, after] = [blockOf(addDays(first, size - 1), size), blockOf(known, size)];
  if (begin >= after) return nested(first, end, blocksTo, narrower);
  return [
    ...nested(first, begin, blocksTo, narrower),
    { grain: "block", size, blocks: firstDays(begin, after, size) },
    ...nested(after, end, blocksTo, narrower),
  ];
}

/** Blocks of one size are read together: the fewer looks, the sooner a question is planned. */
function daysAndBlocks(first: LocalDay, last: LocalDay, blocksTo: LocalDay | null): Piece[] {
  const pieces = nested(first, addDays(last, 1), blocksTo ?? first, widestFirst);
  const ofSize = (size: BlockSize) =>
    pieces.flatMap((piece) => (piece.grain === "block" && piece.size === size ? piece.blocks : []));
  return [
    ...pieces.filter(({ grain }) => grain === "day"),
    ...blockSizes.flatMap((size): Piece[] => {
      const blocks = ofSize(size);
      return blocks.length > 0 ? [{ grain: "block", size, blocks }] : [];
    }),
  ];
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
  if (withBlocks && granularity === "total") return daysAndBlocks(first, last, built.blocksTo);
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
