import type { ReactNode } from "react";
import { changeOfTotals } from "./breakdown-change";
import { toGeometry } from "@/app/_format/money";
import { formatShare } from "@/app/_format/quantities";
import type { BreakdownRow, SpendFigures } from "@/server/analytics/schemas";
import { ChangeCell } from "./change-cell";
import type { Column } from "./column";
import { spendColumns } from "./spend-columns";

/** What reports.breakdown answers, as far as its columns need it. */
export interface Breakdown {
  rows: readonly BreakdownRow[];
  total: { current: SpendFigures; previous: SpendFigures | null; changeUsd: string | null };
}

interface BreakdownOptions {
  /** A button beside the change of a row, and of the total (null). */
  why?: (row: BreakdownRow | null) => ReactNode;
}

const shareText = (share: string | null) => (share === null ? "–" : formatShare(toGeometry(share)));

/** The columns of a breakdown: those of spend, and what is said of a row among the others. Undefined: still loading. */
export function breakdownColumns(breakdown: Breakdown | undefined, { why }: BreakdownOptions = {}) {
  const total = breakdown?.total;
  const longestUsd = breakdown?.rows
    .map(({ current }) => current.costUsd)
    .reduce((longest, usd) => (toGeometry(usd) > toGeometry(longest) ? usd : longest), "0");
  return {
    ...spendColumns<BreakdownRow>({ of: ({ current }) => current, total: total?.current, longestUsd }),
    share: {
      key: "share",
      header: "Share",
      about: "Of the cost in this range",
      folded: { line: 2 },
      cell: ({ costShare }) => <span className="text-ink-muted">{shareText(costShare)}</span>,
    },
    cumulative: {
      key: "cumulative",
      header: "Cumulative",
      about: "Share of this row and all above it",
      from: "md",
      cell: ({ cumulativeShare }) => <span className="text-ink-faint">{shareText(cumulativeShare)}</span>,
    },
    callShare: {
      key: "call-share",
      header: "Share of calls",
      from: "lg",
      cell: ({ callShare }) => <span className="text-ink-muted">{shareText(callShare)}</span>,
    },
    change: {
      key: "change",
      header: "Change",
      about: "Against the stretch compared with",
      order: "change",
      folded: { line: 2 },
      width: "w-40",
      cell: (row) => (
        <ChangeCell
          change={changeOfTotals(row.current, row.previous)}
          changeUsd={row.changeUsd}
          why={why?.(row)}
        />
      ),
      ...(total && {
        total: (
          <ChangeCell
            change={changeOfTotals(total.current, total.previous)}
            changeUsd={total.changeUsd}
            why={why?.(null)}
          />
        ),
      }),
    },
  } as const satisfies Record<string, Column<BreakdownRow>>;
}
