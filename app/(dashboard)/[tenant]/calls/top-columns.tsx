import { Money } from "@/app/_components/money";
import type { Column, RowHead } from "@/app/_components/tables/column";
import { Badge } from "@/app/_components/ui/badge";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { toGeometry } from "@/app/_format/money";
import { formatCompact, formatCount, formatMultiple, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";

export type TopCall = Outputs["calls"]["outliers"]["calls"][number];

/** A call by its feature, since that is what it is measured against. */
export function topHead(call: TopCall, onOpen: (id: string) => void): RowHead {
  return {
    text: call.feature ?? "Unattributed",
    isNameless: call.feature === null,
    onOpen: () => onOpen(call.id),
    badge: call.isOutlier ? <Badge tone="warn">far out</Badge> : undefined,
    detail: call.userId ?? undefined,
  };
}

export function topColumns(timeZone: string, now: Date): Column<TopCall>[] {
  return [
    {
      key: "time",
      header: "Time",
      align: "start",
      folded: { line: 2 },
      cell: ({ occurredAt }) => (
        <span className="text-ink-muted" title={formatInstantExactly(occurredAt, timeZone)}>
          {formatInstant(occurredAt, timeZone, now)}
        </span>
      ),
    },
    {
      key: "model",
      header: "Model",
      align: "start",
      from: "md",
      cell: ({ model }) => (model === "" ? <span className="text-ink-faint">–</span> : model),
    },
    {
      key: "tokens",
      header: "Tokens in / out",
      from: "lg",
      cell: ({ inputTokens, outputTokens }) => (
        <span
          className="text-ink-muted"
          title={`${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`}
        >
          {formatCompact(inputTokens)} / {formatCompact(outputTokens)}
        </span>
      ),
    },
    {
      key: "median",
      header: "Usual cost",
      about: "The median of the feature's calls in these hours that cost something",
      from: "sm",
      cell: ({ medianUsd, featureCalls }) =>
        medianUsd === null ? (
          <span className="text-ink-faint" title="Too few calls of the feature to say what is usual">
            –
          </span>
        ) : (
          <span title={featureCalls === null ? undefined : `Median of ${plural(featureCalls, "call")}`}>
            <Money usd={medianUsd} unit className="text-ink-muted" />
          </span>
        ),
    },
    {
      key: "ratio",
      header: "Times usual",
      about: "Its cost over the usual cost of its feature",
      folded: { line: 2, after: "usual" },
      cell: ({ ratio, isOutlier }) =>
        ratio === null ? (
          <span className="text-ink-faint">–</span>
        ) : (
          <span className={isOutlier ? "font-semibold text-warn" : "text-ink-muted"}>
            {formatMultiple(toGeometry(ratio))}
          </span>
        ),
    },
    {
      key: "cost",
      header: "Cost",
      folded: { line: 1 },
      cell: ({ costUsd }) =>
        costUsd === null ? (
          <span className="text-warn">unpriced</span>
        ) : (
          <Money usd={costUsd} unit className="font-medium" />
        ),
    },
  ];
}
