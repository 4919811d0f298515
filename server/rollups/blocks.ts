import { addDays, type LocalDay } from "@/server/calendar/local-day";
import type { Run } from "./runs";

/**
 * How many days a block may have. Blocks of a size follow each other without regard to months, each named by its first
 * day, and each but the smallest is two of half its size: so any stretch is few of them.
 */
export const blockSizes = [4, 8, 16, 32, 64] as const;
export type BlockSize = (typeof blockSizes)[number];
/** Summed from days, with each of its days; the wider ones are summed from blocks, once they are over. */
export const smallestSize = blockSizes[0];
export const wideSizes = blockSizes.filter((size) => size !== smallestSize);
/** The first day of some block of each size. */
const origin = "2000-01-01";

const dayMs = 86_400_000;
const midnight = (day: LocalDay) => Date.parse(`${day}T00:00:00Z`);

/** The block that a day is in. */
export function blockOf(day: LocalDay, size: BlockSize): LocalDay {
  const days = Math.floor((midnight(day) - midnight(origin)) / dayMs);
  return addDays(day, -(((days % size) + size) % size));
}

/** The same of a column of days from 2000 on. */
export const blockOfSql = (column: string, size: BlockSize) =>
  `(${column} - (${column} - DATE '${origin}') % ${String(size)})`;

/**
 * Blocks that are over at the beginning of `today` and have a day from `since` on (null: no such), or one of these days.
 */
export function blocksOver(
  size: BlockSize,
  today: LocalDay,
  since: LocalDay | null,
  changed: readonly LocalDay[],
): LocalDay[] {
  const isOver = (block: LocalDay) => addDays(block, size) <= today;
  const blocks = new Set(changed.map((day) => blockOf(day, size)).filter(isOver));
  if (since !== null) {
    for (let block = blockOf(since, size); isOver(block); block = addDays(block, size)) blocks.add(block);
  }
  return [...blocks].sort();
}

/** Blocks of one size, each by its first day. */
export interface BlocksOfSize {
  size: BlockSize;
  blocks: LocalDay[];
}

/** Days and blocks that together are a stretch, without overlap. */
export interface Cover {
  days: Run<LocalDay>[];
  blocks: BlocksOfSize[];
}

function firstDays(begin: LocalDay, end: LocalDay, size: BlockSize): LocalDay[] {
  const days: LocalDay[] = [];
  for (let day = begin; day < end; day = addDays(day, size)) days.push(day);
  return days;
}

/** Block sizes are asked the widest first. */
function nested(
  first: LocalDay,
  end: LocalDay,
  blocksTo: LocalDay,
  [size, ...narrower]: readonly BlockSize[],
): Cover {
  if (first >= end) return { days: [], blocks: [] };
  if (size === undefined) return { days: [{ first, last: addDays(end, -1) }], blocks: [] };
  const known = size === smallestSize || end < blocksTo ? end : blocksTo;
  const [begin, after] = [blockOf(addDays(first, size - 1), size), blockOf(known, size)];
  if (begin >= after) return nested(first, end, blocksTo, narrower);
  const [left, right] = [nested(first, begin, blocksTo, narrower), nested(after, end, blocksTo, narrower)];
  return {
    days: [...left.days, ...right.days],
    blocks: [...left.blocks, { size, blocks: firstDays(begin, after, size) }, ...right.blocks],
  };
}

/**
 * [first, end) in the widest blocks that fit, narrower ones around them, and days at its ends. Blocks of one size are one
 * entry: the fewer looks, the sooner a question is planned.
 * @param blocksTo wide blocks that end before this day are summed; null: none is
 */
export function coverOf(first: LocalDay, end: LocalDay, blocksTo: LocalDay | null): Cover {
  const { days, blocks } = nested(first, end, blocksTo ?? first, [...blockSizes].reverse());
  const ofSize = (size: BlockSize) => blocks.flatMap((one) => (one.size === size ? one.blocks : []));
  return {
    days,
    blocks: blockSizes.flatMap((size) => {
      const own = ofSize(size);
      return own.length > 0 ? [{ size, blocks: own }] : [];
    }),
  };
}
