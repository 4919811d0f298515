import { shareOf, subtractUsd, sumUsd } from "@/app/_format/money";

export interface GroupRow {
  /** Null: calls without this tag. */
  key: string | null;
  calls: number;
  costUsd: string;
  unpricedCalls: number;
}

export interface TopRow extends GroupRow {
  /** Of the total, as a fraction of 1; null when the total is nothing. */
  share: number | null;
  /** Share of this row and all above it. */
  cumulative: number | null;
  /** Length of the bar against the longest, 0..1. */
  length: number;
}

export interface TopList {
  rows: TopRow[];
  /** What the rows leave out of the total; null when they are all. */
  rest: { costUsd: string; calls: number; share: number | null } | null;
  /** Share of calls without the tag, in cost. */
  unattributedShare: number | null;
}

/** The dearest first; what has no price yet last, by calls. */
function dearestFirst(a: GroupRow, b: GroupRow): number {
  const difference = subtractUsd(b.costUsd, a.costUsd);
  if (difference !== "0") return difference.startsWith("-") ? -1 : 1;
  return b.calls - a.calls;
}

/** @param limit rows to show; unattributed calls are a row like every other, so that shares add up. */
export function prepareTopList(
  rows: readonly GroupRow[],
  total: { costUsd: string; calls: number },
  limit: number,
): TopList {
  const shown = [...rows].sort(dearestFirst).slice(0, limit);
  const longest = shown[0]?.costUsd ?? "0";
  let sum = "0";
  const topRows = shown.map((row) => {
    sum = sumUsd([sum, row.costUsd]);
    return {
      ...row,
      share: shareOf(row.costUsd, total.costUsd),
      cumulative: shareOf(sum, total.costUsd),
      length: shareOf(row.costUsd, longest) ?? 0,
    };
  });
  const restUsd = subtractUsd(total.costUsd, sum);
  const restCalls = total.calls - shown.reduce((calls, row) => calls + row.calls, 0);
  const unattributed = rows.find((row) => row.key === null);
  return {
    rows: topRows,
    rest:
      restCalls > 0 ? { costUsd: restUsd, calls: restCalls, share: shareOf(restUsd, total.costUsd) } : null,
    unattributedShare: unattributed ? shareOf(unattributed.costUsd, total.costUsd) : null,
  };
}
