import { type Fixed, times } from "./fixed";

/** Shares of calls and what makes up a call's cost: bits of the index into a table of what the calls would have cost. */
export const inner = { tokens: 1, cache: 2, price: 4, modelMix: 8, version: 16, prompt: 32 } as const;
export type Inner = keyof typeof inner;
const combinations = 64;
const innerCount = 6;

/** w(s) = s! (7 − s)! ÷ 8! for s of the other seven factors, times 840, which makes them whole. */
const wholes = [105n, 15n, 5n, 3n, 3n, 5n, 15n, 105n] as const;
const unit = 840n;
const weightOf = (size: number) => wholes[size] ?? 0n;
const sizes = Array.from({ length: combinations }, (_, set) => set.toString(2).replaceAll("0", "").length);
const sizeOf = (set: number) => sizes[set] ?? 0;

/**
 * What an average call would have cost, by whose side each of the six inner factors is taken from (bit set: after).
 * Tables of parts add up to that of the whole.
 */
export type Table = readonly Fixed[];

export function sumTables([first, ...others]: readonly Table[]): Table {
  const sum = first ? [...first] : Array.from({ length: combinations }, () => 0n);
  for (const table of others)
    for (let set = 0; set < combinations; set++) sum[set] = (sum[set] ?? 0n) + (table[set] ?? 0n);
  return sum;
}

/** How many calls there were, and what part of them has a price: before and after. */
export interface Outer {
  calls: readonly [Fixed, Fixed];
  priced: readonly [Fixed, Fixed];
}

/**
 * Shapley values of the eight factors of calls × priced part × table: what each adds to the cost when the factors go
 * from before to after one by one, on average over all orders. Linear in the table, so that parts of a whole can be
 * asked for one by one.
 */
export class Shapley {
  /** By how many inner factors went before: what a step of an inner factor weighs then. */
  private readonly weights: readonly Fixed[];

  constructor(private readonly outer: Outer) {
    const { calls, priced } = outer;
    const none = times(calls[0], priced[0]);
    const either = times(calls[1], priced[0]) + times(calls[0], priced[1]);
    const both = times(calls[1], priced[1]);
    this.weights = Array.from(
      { length: innerCount },
      (_, before) => none * weightOf(before) + either * weightOf(before + 1) + both * weightOf(before + 2),
    );
  }

  /** What an inner factor adds to the cost that the table stands for. */
  of(factor: Inner, table: Table): Fixed {
    const bit = inner[factor];
    const steps = table.map((amount, set) => ((set & bit) === 0 ? (table[set | bit] ?? 0n) - amount : 0n));
    return this.ofSteps(bySize(steps));
  }

  /** The same, given what its step adds in sum over all sets of so many other inner factors that went before it. */
  ofSteps(steps: readonly Fixed[]): Fixed {
    return steps.reduce((sum, step, size) => sum + times(step, this.weights[size] ?? 0n), 0n) / unit;
  }

  /** What the number of calls adds, and the part of them that has a price. */
  ofOuter(table: Table): { volume: Fixed; unpriced: Fixed } {
    const { calls, priced } = this.outer;
    const amounts = bySize(table);
    // The other outer factor has not gone yet (its side before, weight of the inner ones), or it has (one more).
    const across = (other: Outer["calls"]) =>
      amounts.reduce(
        (sum, amount, size) => sum + times(amount, other[0] * weightOf(size) + other[1] * weightOf(size + 1)),
        0n,
      );
    return {
      volume: times(calls[1] - calls[0], across(priced)) / unit,
      unpriced: times(priced[1] - priced[0], across(calls)) / unit,
    };
  }
}

/** Sums over the sets of so many inner factors. */
function bySize(table: Table): Fixed[] {
  const sums = Array.from({ length: innerCount + 1 }, () => 0n);
  table.forEach((amount, set) => (sums[sizeOf(set)] = (sums[sizeOf(set)] ?? 0n) + amount));
  return sums;
}
