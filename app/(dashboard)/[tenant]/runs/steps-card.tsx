"use client";

import { parseAsString, useQueryState } from "nuqs";
import { percent } from "@/app/_components/charts/plot-scale";
import { Money } from "@/app/_components/money";
import type { Column } from "@/app/_components/tables/column";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { formatInstantExactly } from "@/app/_format/dates";
import { formatCompact, formatCount, formatDuration, formatShare } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { CallDrawer } from "../calls/call-drawer";
import { type RunStep, stepsOf } from "./steps";

type Run = Outputs["reports"]["run"];

/** When the step was, in the time that the run took. */
function Bar({ start, width, errorClass }: RunStep) {
  return (
    <span aria-hidden className="relative block h-2 w-full min-w-24 rounded-full bg-sunken">
      <span
        className={cn(
          "absolute inset-y-0 min-w-0.75 rounded-full",
          errorClass === null ? "bg-data" : "bg-warn",
        )}
        style={{ left: percent(Math.min(start, 0.99)), width: percent(width) }}
      />
    </span>
  );
}

const columns: readonly Column<RunStep>[] = [
  {
    key: "bar",
    header: "Of the time it took",
    align: "start",
    from: "md",
    width: "w-1/4",
    cell: (step) => <Bar {...step} />,
  },
  {
    key: "after",
    header: "After",
    about: "Since the first step began",
    folded: { line: 2, before: "after" },
    cell: ({ afterMs }) => <span className="text-ink-muted">{formatDuration(afterMs)}</span>,
  },
  {
    key: "latency",
    header: "Took",
    folded: { line: 2, before: "took" },
    cell: ({ latencyMs }) => (
      <span className="text-ink-muted">{latencyMs === null ? "–" : formatDuration(latencyMs)}</span>
    ),
  },
  {
    key: "tokens",
    header: "Tokens in / out",
    from: "lg",
    cell: ({ inputTokens, outputTokens }) => (
      <span
        className="whitespace-nowrap text-ink-muted"
        title={`${formatCount(inputTokens)} in, ${formatCount(outputTokens)} out`}
      >
        {formatCompact(inputTokens)} / {formatCompact(outputTokens)}
      </span>
    ),
  },
  {
    key: "cost",
    header: "Cost",
    folded: { line: 1 },
    cell: ({ costUsd }) =>
      costUsd === null ? <span className="text-warn">unpriced</span> : <Money usd={costUsd} unit />,
  },
  {
    key: "cumulative",
    header: "So far",
    about: "What the run had cost with this step",
    from: "sm",
    cell: ({ cumulativeUsd, reached }) => (
      <span className="whitespace-nowrap text-ink-muted">
        <Money usd={cumulativeUsd} unit />
        {reached !== null && <span className="text-2xs text-ink-faint"> {formatShare(reached)}</span>}
      </span>
    ),
  },
];

/** The steps of a run in the order of time, and what it had cost with each. Undefined: still loading. */
export function StepsCard({ run }: { run: Run | undefined }) {
  const [callId, setCallId] = useQueryState("call", parseAsString.withOptions({ history: "push" }));
  const rows = run && stepsOf(run.calls, run.figures);
  const isCutOff = run !== undefined && run.figures.calls > run.calls.length;
  return (
    <Card>
      <CardHeader
        title="Step by step"
        hint={
          isCutOff
            ? `The first ${formatCount(run.calls.length)} of ${formatCount(run.figures.calls)}; the figures above are of all.`
            : undefined
        }
      />
      <ReportTable<RunStep>
        caption="Steps of the run in the order of time"
        rows={rows}
        keyOf={({ id, nth }) => `${id} ${String(nth)}`}
        name={{
          header: "Step",
          of: ({ id, nth, kind, model, errorClass, attempt, occurredAt }) => ({
            text: `${formatCount(nth)}. ${model === "" ? kind : model}`,
            detail: run && formatInstantExactly(occurredAt, run.timeZone),
            badge: (
              <>
                {errorClass !== null && <Badge tone="bad">{errorClass}</Badge>}
                {attempt > 1 && <Badge>attempt {attempt}</Badge>}
              </>
            ),
            onOpen: () => void setCallId(id),
          }),
        }}
        columns={columns}
        skeletonRows={8}
        empty={null}
      />
      <CallDrawer id={callId} onClose={() => void setCallId(null)} />
    </Card>
  );
}
