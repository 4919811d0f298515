/** How much of the whole the first rows are. */
export interface Concentration {
  rows: number;
  /** Fraction of 1. */
  share: number;
}

/** A share that is worth a sentence, and how many rows a reader takes in. */
const enough = 0.8;
const most = 10;

/**
 * The least number of first rows that make up 80 %, of at most ten; what ten make up where that is not reached. Null where
 * the sentence would say nothing: no cost, or every row is needed.
 *
 * @param cumulative shares of each row and all before it, the dearest first
 */
export function prepareConcentration(
  cumulative: readonly (number | null)[],
  groups: number,
): Concentration | null {
  const reached = cumulative.findIndex((share) => share !== null && share >= enough);
  const rows = Math.min(reached === -1 ? cumulative.length : reached + 1, most);
  const share = cumulative[rows - 1] ?? null;
  return share === null || share <= 0 || rows >= groups ? null : { rows, share };
}
