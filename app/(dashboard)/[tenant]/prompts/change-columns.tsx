import { ChangeMark } from "@/app/_components/change-mark";
import { Figure } from "@/app/_components/figure";
import { prepareChange } from "@/app/_components/prepare-change";
import type { Column } from "@/app/_components/tables/column";
import { cn } from "@/app/_components/ui/class-names";
import { formatExact, formatTotalChange, toGeometry } from "@/app/_format/money";
import { formatCount, plural } from "@/app/_format/quantities";
import { fewestCompared } from "@/server/analytics/prompt-schemas";
import type { PromptChange } from "@/server/analytics/prompts/prompt-change";

export interface ChangedRow {
  change: PromptChange;
}

/** How the cost per call changed with a version; not told where either side has too few calls. */
export function VersionChange({ change: { before, after, perCallUsd } }: ChangedRow) {
  const isKnown = perCallUsd !== null;
  const change = prepareChange({
    current: isKnown ? after.costPerCallUsd : null,
    previous: before.costPerCallUsd,
  });
  const title = isKnown ? undefined : `Fewer than ${String(fewestCompared)} priced calls on one of the sides`;
  return <ChangeMark change={change} title={title} />;
}

function Extra({ usd }: { usd: string | null }) {
  if (usd === null) return <span title="Not known: too few priced calls to compare">–</span>;
  const amount = toGeometry(usd);
  return (
    <data
      value={usd}
      title={`${formatExact(usd)} USD`}
      className={cn("font-medium", amount > 0 ? "text-warn" : amount < 0 ? "text-good" : "text-ink-muted")}
    >
      {formatTotalChange(usd)}
    </data>
  );
}

function Sides({ change: { before, after } }: ChangedRow) {
  return (
    <span
      className="whitespace-nowrap text-ink-muted"
      title={`${plural(before.pricedCalls, "priced call")} in the week before, ${formatCount(after.pricedCalls)} in the first week`}
    >
      <Figure kind="unitUsd" value={before.costPerCallUsd} /> →{" "}
      <Figure kind="unitUsd" value={after.costPerCallUsd} />
    </span>
  );
}

/** What a new version changed: per call, and in all since. */
export const changeColumns = {
  extraInRange: {
    key: "extra-in-range",
    header: "More in range",
    about: "What its calls of this range cost more than the version before would have",
    folded: { line: 1 },
    cell: ({ change }) => <Extra usd={change.extraInRangeUsd} />,
  },
  extra: {
    key: "extra",
    header: "More since",
    about: "The same of all its calls, in this range or not",
    from: "lg",
    cell: ({ change }) => <Extra usd={change.extraUsd} />,
  },
  change: {
    key: "change",
    header: "Change",
    about: "Of the cost per call: its first week against the week before",
    folded: { line: 2 },
    cell: (row) => <VersionChange {...row} />,
  },
  sides: {
    key: "sides",
    header: "Per call, before → after",
    about: "Mean of a priced call",
    from: "sm",
    folded: { line: 2 },
    cell: (row) => <Sides {...row} />,
  },
  since: {
    key: "since",
    header: "Calls since",
    about: "Priced calls of the new version",
    from: "lg",
    cell: ({ change }) => <span className="text-ink-muted">{formatCount(change.callsSince)}</span>,
  },
} as const satisfies Record<string, Column<ChangedRow>>;
