import { formatCompact, formatCount, formatLatency, formatShare } from "@/app/_format/quantities";
import { meanUsd, shareOf } from "@/app/_format/money";
import type { SpendFigures } from "@/server/analytics/schemas";
import { Money } from "../money";
import type { Column } from "./column";
import { CostCell } from "./cost-cell";

const part = (count: number, of: number) => (of === 0 ? "–" : formatShare(count / of));

function Count({ count, of }: { count: number; of?: string }) {
  return <span title={of ?? formatCount(count)}>{formatCompact(count)}</span>;
}

function CostPerCall({ figures }: { figures: SpendFigures }) {
  const mean = meanUsd(figures.costUsd, figures.calls - figures.unpricedCalls);
  return mean === null ? <span title="No call has a price">–</span> : <Money usd={mean} unit />;
}

function Tokens({ inputTokens, outputTokens }: SpendFigures) {
  return (
    <span
      className="whitespace-nowrap"
      title={`${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`}
    >
      {formatCompact(inputTokens)} / {formatCompact(outputTokens)}
    </span>
  );
}

function Errors({ errorCalls, calls }: SpendFigures) {
  if (errorCalls === 0) return <span className="text-ink-faint">{calls === 0 ? "–" : "0"}</span>;
  return (
    <>
      <Count count={errorCalls} /> <span className="text-xs text-ink-faint">{part(errorCalls, calls)}</span>
    </>
  );
}

/** No retries cost nothing; retries among calls of which none has a price cost nobody knows what. */
function RetryCost({ retryCalls, retryCostUsd, calls, unpricedCalls }: SpendFigures) {
  return retryCalls === 0 || calls === unpricedCalls ? "–" : <Money usd={retryCostUsd} />;
}

const meanLatency = ({ latencyMs, latencyCalls }: SpendFigures) =>
  latencyCalls === 0 ? "–" : formatLatency(latencyMs / latencyCalls);

interface SpendColumnsOptions<Row> {
  /** Where a row has the figures of this stretch. */
  of: (row: Row) => SpendFigures;
  /** Of everything, for the total row. */
  total?: SpendFigures;
  /** The dearest row's cost: the length of a bar is told against it. */
  longestUsd?: string;
  /** Tells the columns of two stretches apart: a prefix of their keys. */
  group?: string;
}

/**
 * The columns that any table of spend may have; take those that answer the screen's question, and override what differs:
 * `{ ...columns.cost, order: "cost7" }`.
 */
export function spendColumns<Row>({ of, total, longestUsd, group }: SpendColumnsOptions<Row>) {
  const key = (name: string) => (group === undefined ? name : `${group}-${name}`);
  const column = (
    name: string,
    header: string,
    cell: (figures: SpendFigures) => React.ReactNode,
    more: Omit<Column<Row, never>, "key" | "header" | "cell"> = {},
  ) => ({
    key: key(name),
    group,
    header,
    cell: (row: Row) => <span className="text-ink-muted">{cell(of(row))}</span>,
    ...(total && { total: cell(total) }),
    ...more,
  });
  return {
    cost: {
      key: key("cost"),
      group,
      header: "Cost",
      order: "cost",
      folded: { line: 1 },
      width: "w-32",
      cell: (row: Row) => {
        const { costUsd, calls, unpricedCalls } = of(row);
        const length = longestUsd === undefined ? undefined : (shareOf(costUsd, longestUsd) ?? 0);
        return <CostCell costUsd={costUsd} calls={calls} unpricedCalls={unpricedCalls} length={length} />;
      },
      ...(total && { total: <Money usd={total.costUsd} /> }),
    },
    calls: {
      ...column("calls", "Calls", ({ calls }) => <Count count={calls} />, {
        folded: { line: 2, after: "calls" },
      }),
      order: "calls",
    },
    costPerCall: {
      ...column("cost-per-call", "Per call", (figures) => <CostPerCall figures={figures} />, {
        about: "Cost over calls that have a price",
        from: "md",
      }),
      order: "costPerCall",
    },
    tokens: {
      ...column("tokens", "Tokens in / out", (figures) => <Tokens {...figures} />, { from: "lg" }),
      order: "tokens",
    },
    cacheHits: column(
      "cache-hits",
      "From cache",
      ({ cacheReadTokens, inputTokens }) => part(cacheReadTokens, inputTokens),
      { about: "Share of input tokens that a provider's cache answered", from: "xl" },
    ),
    errors: {
      ...column("errors", "Errors", (figures) => <Errors {...figures} />, {
        about: "Calls that failed, and their share",
        from: "lg",
      }),
      order: "errors",
    },
    retries: {
      ...column("retries", "Retries", (figures) => <RetryCost {...figures} />, {
        about: "Cost of attempts beyond the first",
        from: "xl",
      }),
      order: "retries",
    },
    latency: {
      ...column("latency", "Latency", meanLatency, {
        about: "Mean over the calls that told theirs",
        from: "xl",
      }),
      order: "latency",
    },
    unpriced: {
      ...column("unpriced", "Unpriced", ({ unpricedCalls }) => <Count count={unpricedCalls} />, {
        about: "Calls without a price, in no amount",
        from: "xl",
      }),
      order: "unpriced",
    },
  } as const satisfies Record<string, Column<Row>>;
}
