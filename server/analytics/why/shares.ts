import type { Pair } from "../why-schemas";
import { type Fixed, one, over, times } from "./fixed";
import type { Table } from "./shapley";
import type { Cell } from "./work";

/** How a cell's calls come out of all priced calls of its work: prompt, then version, then model. */
export interface CellShares {
  prompt: Pair<Fixed>;
  /** Of the prompt's calls. */
  version: Pair<Fixed>;
  /** Of the version's calls. */
  model: Pair<Fixed>;
}

const callsOf = (cells: readonly Cell[]): Pair<number> => [
  cells.reduce((sum, { sides }) => sum + (sides[0]?.calls ?? 0), 0),
  cells.reduce((sum, { sides }) => sum + (sides[1]?.calls ?? 0), 0),
];

/** A stretch without any of the whole says nothing of how it divides: then it does as in the other. */
export function sharesOf(part: Pair<number>, whole: Pair<number>): Pair<Fixed> {
  const share = (side: 0 | 1) => (whole[side] === 0 ? null : over(BigInt(part[side]), BigInt(whole[side])));
  const [before, after] = [share(0), share(1)];
  return [before ?? after ?? one, after ?? before ?? one];
}

export const versionKey = ({ prompt, version }: Cell) => `${prompt}\n${version}`;

export function groupCells(cells: readonly Cell[], keyOf: (cell: Cell) => string): Map<string, Cell[]> {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const group = groups.get(keyOf(cell));
    if (group) group.push(cell);
    else groups.set(keyOf(cell), [cell]);
  }
  return groups;
}

export function cellShares(cells: readonly Cell[]): (cell: Cell) => CellShares {
  const totals = (keyOf: (cell: Cell) => string) =>
    new Map([...groupCells(cells, keyOf)].map(([key, group]) => [key, callsOf(group)]));
  const all = callsOf(cells);
  const prompts = totals(({ prompt }) => prompt);
  const versions = totals(versionKey);
  return (cell) => {
    const prompt = prompts.get(cell.prompt) ?? [0, 0];
    const version = versions.get(versionKey(cell)) ?? [0, 0];
    return {
      prompt: sharesOf(prompt, all),
      version: sharesOf(version, prompt),
      model: sharesOf(callsOf([cell]), version),
    };
  };
}

/** A cell by its shares, and what a call of its would have cost (unit-costs.ts). */
export interface SharedCell {
  cell: Cell;
  shares: CellShares;
  costs: readonly Fixed[];
}

/** Adds up parts × the share that they are, before and after: a table twice as long. */
function weighed(parts: readonly { share: Pair<Fixed>; amounts: readonly Fixed[] }[]): Fixed[] {
  return ([0, 1] as const).flatMap((side) => {
    const sums = [...(parts[0]?.amounts.map(() => 0n) ?? [])];
    for (const { share, amounts } of parts)
      for (let at = 0; at < sums.length; at++)
        sums[at] = (sums[at] ?? 0n) + times(share[side], amounts[at] ?? 0n);
    return sums;
  });
}

/**
 * A prompt's part of what a call of its work would have cost (shapley.ts). From the models of a version up, so that what
 * cells have in common is multiplied once.
 */
export function promptTable(cells: readonly SharedCell[]): Table {
  const versions = new Map<string, SharedCell[]>();
  for (const shared of cells) {
    const key = versionKey(shared.cell);
    versions.set(key, [...(versions.get(key) ?? []), shared]);
  }
  const ofVersions = [...versions.values()].map((own) => ({
    share: own[0]?.shares.version ?? ([one, one] as const),
    amounts: weighed(own.map(({ shares, costs }) => ({ share: shares.model, amounts: costs }))),
  }));
  return weighed([{ share: cells[0]?.shares.prompt ?? ([one, one] as const), amounts: weighed(ofVersions) }]);
}

/**
 * What a cell's prices add, by how many of the other five inner factors went before (Shapley.ofSteps): of the shares of
 * three kinds and of tokens and cache only their number matters, so products of sums by size are enough.
 */
export function priceSteps({ shares: { prompt, version, model }, costs }: SharedCell): Fixed[] {
  const both = [
    times(prompt[0], version[0]),
    times(prompt[1], version[0]) + times(prompt[0], version[1]),
    times(prompt[1], version[1]),
  ] as const;
  const taken = [
    times(both[0], model[0]),
    times(both[1], model[0]) + times(both[0], model[1]),
    times(both[2], model[0]) + times(both[1], model[1]),
    times(both[2], model[1]),
  ];
  const dearer = (set: number) => (costs[set | 4] ?? 0n) - (costs[set] ?? 0n);
  const steps = [dearer(0), dearer(1) + dearer(2), dearer(3)];
  const sums = Array.from({ length: 6 }, () => 0n);
  taken.forEach((share, j) => {
    steps.forEach((step, k) => (sums[j + k] = (sums[j + k] ?? 0n) + times(share, step)));
  });
  return sums;
}
