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

/** A cell's part of what a call of its work would have cost (shapley.ts). */
export function cellTable({ prompt, version, model }: CellShares, unitCosts: readonly Fixed[]): Table {
  const shares = [0, 1, 2, 3, 4, 5, 6, 7].map((set) => {
    const side = (bit: number) => ((set >> bit) & 1) as 0 | 1;
    return times(times(prompt[side(2)], version[side(1)]), model[side(0)]);
  });
  const costs: Table[] = [];
  shares.forEach((share, set) => {
    // Most works have one prompt, and many one version: then half of the shares are the other half.
    const same = costs[shares.indexOf(share)];
    costs[set] = same ?? unitCosts.map((cost) => times(share, cost));
  });
  return costs.flat();
}
