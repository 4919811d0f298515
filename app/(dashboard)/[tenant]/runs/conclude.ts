import { shareOf } from "@/app/_format/money";
import type { RunFigures, RunTotals } from "@/server/analytics/runs-schemas";

/** So many times the median is astray. */
const astray = 10;

/**
 * The dearest run, where it cost ten times the median or more; null: it did not, or there is nothing to compare with.
 * @param rows in the order of their cost, the dearest first
 */
export function strayRun<Row extends Pick<RunFigures, "costUsd">>(
  rows: readonly Row[],
  { cost }: Pick<RunTotals, "cost">,
): (Row & { timesMedian: number }) | null {
  const [first] = rows;
  const timesMedian = first && cost ? shareOf(first.costUsd, cost.p50) : null;
  return first && timesMedian !== null && timesMedian >= astray ? { ...first, timesMedian } : null;
}
