import { addDays, isStartOfDay, localDay, type LocalDay, startOfDay } from "@/server/calendar/local-day";
import { blockDays, blockOf } from "@/server/rollups/blocks";
import { type Cut, isFinerThanDay } from "./buckets";
import type { Range } from "./range";

/** How far the roll-ups are that a question can be answered from. */
export interface Built {
  /** Days, months and projections are of the tenant's zone and complete. */
  days: boolean;
  /** The months before this first day of one are summed; null: none. */
  monthsTo: LocalDay | null;
}

/** A stretch of a range and the roll-ups that it is read from; together they are the range, without overlap. */
export type Piece =
  | { grain: "slot"; from: Date; to: Date }
  /** Inclusive local days. */
  | { grain: "day"; first: LocalDay; last: LocalDay }
  /** Inclusive blocks of days (server/rollups/blocks.ts), each by its first day. */
  | { grain: "block"; first: LocalDay; last: LocalDay }
  /** Inclusive months, each by its first day. */
  | { grain: "month"; first: LocalDay; last: LocalDay };

const monthOf = (day: LocalDay): LocalDay => `${day.slice(0, 7)}-01`;
const nextMonth = (month: LocalDay): LocalDay => monthOf(addDays(month, 31));
const monthBefore = (month: LocalDay): LocalDay => monthOf(addDays(month, -1));

/** Days, where blocks are asked for as far as whole ones fit between them. */
function daysAndBlocks(first: LocalDay, last: LocalDay, withBlocks: boolean): Piece[] {
  const begin = blockOf(addDays(first, blockDays - 1));
  const end = blockOf(addDays(last, 1));
  if (!withBlocks || begin >= end) return [{ grain: "day", first, last }];
  const pieces: Piece[] = [{ grain: "block", first: begin, last: addDays(end, -blockDays) }];
  if (first < begin) pieces.unshift({ grain: "day", first, last: addDays(begin, -1) });
  if (end <= last) pieces.push({ grain: "day", first: end, last });
  return pieces;
}

/** Whole months that are summed, and the days around them. */
function daysAndMonths(first: LocalDay, last: LocalDay, monthsTo: LocalDay, withBlocks: boolean): Piece[] {
  const begin = first === monthOf(first) ? first : nextMonth(first);
  const afterLast = monthOf(addDays(last, 1));
  const end = afterLast < monthsTo ? afterLast : monthsTo;
  if (begin >= end) return daysAndBlocks(first, last, withBlocks);
  return [
    ...(first < begin ? daysAndBlocks(first, addDays(begin, -1), withBlocks) : []),
    { grain: "month", first: begin, last: monthBefore(end) },
    ...(end <= last ? daysAndBlocks(end, last, withBlocks) : []),
  ];
}

/**
 * Cuts a range into the fewest roll-up rows that answer it: whole months, the days around them, quarter hours at ragged
 * ends. Finer than a day, or while days are being built anew, everything is read from the quarter hours.
 * @param withBlocks whether the roll-ups at hand have blocks, which are in no month: they serve totals alone
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
  const blocks = withBlocks && granularity === "total";
  const whole: Piece[] =
    granularity === "day" || built.monthsTo === null
      ? daysAndBlocks(first, last, blocks)
      : daysAndMonths(first, last, built.monthsTo, blocks);
  return [
    ...(from < begin ? [{ grain: "slot", from, to: begin } as const] : []),
    ...whole,
    ...(end < to ? [{ grain: "slot", from: end, to } as const] : []),
  ];
}
