import type { ReactNode } from "react";
import { ChangeMark } from "@/app/_components/change-mark";
import { Figure } from "@/app/_components/figure";
import { prepareChange } from "@/app/_components/prepare-change";
import type { Column } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { formatCompact, formatCount } from "@/app/_format/quantities";
import { shareOf } from "@/app/_format/money";
import type { ErrorFigures, FailureFigures } from "@/server/analytics/errors/errors-schemas";
import { failedCalls, failureCost } from "./failure-figures";

export interface FailureRow {
  key: string | null;
  current: { failures: FailureFigures };
  previous: { failures: FailureFigures } | null;
}
export interface RateRow {
  key: string | null;
  current: ErrorFigures;
  previous: ErrorFigures | null;
}

const count = (calls: number) => <span title={formatCount(calls)}>{formatCompact(calls)}</span>;

/** An amount; none is claimed where no call has a price. */
export function KnownMoney({ calls, costUsd, unpricedCalls }: FailureFigures["billed"]) {
  return <Figure kind="usd" value={calls > 0 && calls === unpricedCalls ? null : costUsd} />;
}

/** How what failures cost changed; null amounts are those that nobody knows. */
export function changeOfFailures(current: FailureFigures, previous: FailureFigures | null) {
  const usd = (figures: FailureFigures) => {
    const { costUsd, isUnknown } = failureCost(figures);
    return isUnknown ? null : costUsd;
  };
  return prepareChange({
    current: usd(current),
    previous: previous === null ? undefined : usd(previous),
    isThere: failedCalls(current) > 0,
    wasThere: previous === null || failedCalls(previous) > 0,
  });
}

const change = ({ current, previous }: FailureRow, why: ReactNode) => (
  <span className="inline-flex items-center justify-end gap-1.5">
    <ChangeMark change={changeOfFailures(current.failures, previous && previous.failures)} />
    {why}
  </span>
);

interface Options<Row> {
  /** What all of the rows, and more, add up to. */
  total: Row | undefined;
  /** The amount that the length of a bar is told against. */
  longestUsd: string;
  /** A button beside the change of a row, and of the total (null). */
  why?: (row: Row | null) => ReactNode;
}

/** What failed calls cost, and whether anybody bills them. */
export function failureColumns<Row extends FailureRow>({ total, longestUsd, why }: Options<Row>) {
  const column = (
    key: string,
    header: string,
    of: (row: Row) => ReactNode,
    more: Omit<Column<Row>, "key" | "header" | "cell" | "total"> = {},
  ): Column<Row> => ({
    key,
    header,
    cell: (row) => <span className="text-ink-muted">{of(row)}</span>,
    ...(total && { total: of(total) }),
    ...more,
  });
  return {
    cost: {
      key: "cost",
      header: "Cost of failed",
      about: "Of failed calls that are billed, or may be",
      folded: { line: 1 },
      width: "w-32",
      cell: ({ current }: Row) => {
        const { costUsd, calls, unpricedCalls } = failureCost(current.failures);
        const length = shareOf(costUsd, longestUsd) ?? 0;
        return <CostCell costUsd={costUsd} calls={calls} unpricedCalls={unpricedCalls} length={length} />;
      },
      ...(total && { total: <KnownMoney {...failureCost(total.current.failures)} /> }),
    } satisfies Column<Row>,
    change: {
      key: "change",
      header: "Change",
      about: "Of their cost, against the stretch compared with",
      folded: { line: 2 },
      cell: (row: Row) => change(row, why?.(row)),
      ...(total && { total: change(total, why?.(null)) }),
    } satisfies Column<Row>,
    failed: column("failed", "Failed", ({ current }) => count(failedCalls(current.failures)), {
      folded: { line: 2, after: "failed" },
    }),
    billed: column("billed", "Billed", ({ current }) => <KnownMoney {...current.failures.billed} />, {
      about: "Failed calls that the provider bills",
      from: "md",
    }),
    unknown: column(
      "unknown",
      "Maybe billed",
      ({ current }) => <KnownMoney {...current.failures.unknown} />,
      {
        about: "Nobody said whether the provider bills them",
        from: "md",
      },
    ),
    free: column("free", "Not billed", ({ current }) => count(current.failures.notBilled.calls), {
      about: "Failed calls that cost nothing",
      from: "lg",
    }),
  };
}

/** Around an error rate: the way to where it comes from. Null: that of the total. */
type ExplainRate = (row: RateRow | null, rate: ReactNode) => ReactNode;

/** How often a feature or model fails. */
export function rateColumns(
  total: RateRow | undefined,
  explain: ExplainRate = (_row, shown) => shown,
): { rate: Column<RateRow>; before: Column<RateRow> } {
  const rate = ({ current }: RateRow) => <Figure kind="share" value={current.errorRate} />;
  const before = ({ previous }: RateRow) =>
    previous === null ? "–" : <Figure kind="share" value={previous.errorRate} />;
  return {
    rate: {
      key: "rate",
      header: "Error rate",
      about: "Failed calls of all calls",
      folded: { line: 2, before: "error rate" },
      cell: (row) => explain(row, <span className="font-medium text-ink">{rate(row)}</span>),
      ...(total && { total: explain(null, rate(total)) }),
    },
    before: {
      key: "before",
      header: "Rate before",
      about: "In the stretch compared with",
      from: "md",
      cell: (row) => <span className="text-ink-faint">{before(row)}</span>,
      ...(total && { total: before(total) }),
    },
  };
}
