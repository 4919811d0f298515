import type { Column } from "@/app/_components/tables/column";
import { CostCell } from "@/app/_components/tables/cost-cell";
import { Money } from "@/app/_components/money";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { shareOf, toGeometry } from "@/app/_format/money";
import { formatCompact, formatCount, formatDuration, formatShare } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import type { RunOrder, RunTag } from "@/server/analytics/runs-schemas";

type Runs = Outputs["reports"]["runs"];
export type RunRow = Runs["rows"][number];

const muted = "text-ink-muted";

/** The dearest value of a tag in a run, and how many more it has there. */
export function TagOfRun({ tag: { key, others } }: { tag: RunTag }) {
  return (
    <span className="inline-flex max-w-40 items-baseline gap-1" title={key ?? "Not told"}>
      <span className="truncate">{key ?? "–"}</span>
      {others > 0 && <span className="text-2xs text-ink-faint">+{formatCount(others)}</span>}
    </span>
  );
}

/** Undefined: still loading. */
export function runColumns(
  answer: Runs | undefined,
  { timeZone, now }: { timeZone: string; now: Date },
): readonly Column<RunRow, RunOrder>[] {
  const total = answer?.total;
  const longestUsd = (answer?.rows ?? [])
    .map(({ costUsd }) => costUsd)
    .reduce((longest, usd) => (toGeometry(usd) > toGeometry(longest) ? usd : longest), "0");
  return [
    {
      key: "cost",
      header: "Cost",
      order: "cost",
      folded: { line: 1 },
      width: "w-32",
      cell: (row) => <CostCell {...row} length={shareOf(row.costUsd, longestUsd) ?? 0} />,
      ...(total && { total: <Money usd={total.costUsd} /> }),
    },
    {
      key: "share",
      header: "Share",
      about: "Of the cost of all runs",
      from: "lg",
      cell: ({ costShare }) => (
        <span className={muted}>{costShare === null ? "–" : formatShare(toGeometry(costShare))}</span>
      ),
    },
    {
      key: "steps",
      header: "Steps",
      about: "Calls of models and tools",
      order: "calls",
      folded: { line: 2, after: "steps" },
      cell: ({ calls }) => formatCount(calls),
      ...(total && { total: formatCompact(total.calls) }),
    },
    {
      key: "tools",
      header: "Tools",
      about: "Steps that are calls of tools",
      from: "lg",
      cell: ({ toolCalls }) => <span className={muted}>{formatCount(toolCalls)}</span>,
      ...(total && { total: formatCompact(total.toolCalls) }),
    },
    {
      key: "duration",
      header: "Took",
      order: "duration",
      folded: { line: 2 },
      cell: ({ durationMs }) => <span className={muted}>{formatDuration(durationMs)}</span>,
    },
    {
      key: "errors",
      header: "Failed",
      about: "Steps that failed",
      from: "md",
      cell: ({ errorCalls }) => (
        <span className={errorCalls > 0 ? "text-warn" : "text-ink-faint"}>{formatCount(errorCalls)}</span>
      ),
      ...(total && { total: formatCompact(total.errorCalls) }),
    },
    {
      key: "retries",
      header: "Retries",
      about: "Steps that are attempts beyond the first, and what they cost",
      from: "md",
      folded: { line: 2, after: "retries" },
      cell: ({ retryCalls, retryCostUsd }) =>
        retryCalls === 0 ? (
          <span className="text-ink-faint">0</span>
        ) : (
          <span className="whitespace-nowrap">
            {formatCount(retryCalls)} <Money usd={retryCostUsd} className="text-xs text-ink-faint" />
          </span>
        ),
      ...(total && { total: formatCompact(total.retryCalls) }),
    },
    {
      key: "when",
      header: "When",
      about: "When its first step began",
      order: "newest",
      from: "md",
      folded: { line: 2 },
      cell: ({ firstAt }) => (
        <span className="whitespace-nowrap text-ink-muted" title={formatInstantExactly(firstAt, timeZone)}>
          {formatInstant(firstAt, timeZone, now)}
        </span>
      ),
    },
    {
      key: "feature",
      header: "Feature",
      align: "start",
      from: "lg",
      cell: ({ feature }) => <TagOfRun tag={feature} />,
    },
    {
      key: "user",
      header: "User",
      align: "start",
      from: "xl",
      cell: ({ user }) => <TagOfRun tag={user} />,
    },
  ];
}
