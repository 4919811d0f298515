"use client";

import { MetricTile } from "@/app/_components/metric-tile";
import { Money } from "@/app/_components/money";
import { formatInstant, formatInstantExactly } from "@/app/_format/dates";
import { formatCompact, formatCount, formatDuration, plural } from "@/app/_format/quantities";
import type { Outputs } from "@/app/_trpc/client";
import { useScope } from "../_scope/use-scope";

/** What a run cost and how long it took. Undefined: still loading. */
export function RunFacts({ run }: { run: Outputs["reports"]["run"] | undefined }) {
  const { now } = useScope();
  const figures = run?.figures;
  const unpriced = figures?.unpricedCalls ?? 0;
  const isUnknown = figures !== undefined && figures.calls > 0 && unpriced === figures.calls;
  return (
    <div className="grid gap-4 md:grid-cols-2">
      <MetricTile
        label="Cost"
        scope={run && formatInstant(run.figures.firstAt, run.timeZone, now)}
        figure={
          figures &&
          (isUnknown ? <span className="text-warn">unpriced</span> : <Money usd={figures.costUsd} unit />)
        }
        lacks={unpriced > 0 ? `+ ${plural(unpriced, "step")} unpriced` : undefined}
        facts={
          figures
            ? [
                { label: "Spent on retries", value: <Money usd={figures.retryCostUsd} unit /> },
                {
                  label: "Tokens in / out",
                  title: `${formatCount(figures.inputTokens)} in, ${formatCount(figures.outputTokens)} out`,
                  value: `${formatCompact(figures.inputTokens)} / ${formatCompact(figures.outputTokens)}`,
                },
              ]
            : []
        }
      />
      <MetricTile
        label="Took"
        figure={
          run && (
            <span
              title={`${formatInstantExactly(run.figures.firstAt, run.timeZone)} – ${formatInstantExactly(run.figures.lastAt, run.timeZone)}`}
            >
              {formatDuration(run.figures.durationMs)}
            </span>
          )
        }
        facts={
          figures
            ? [
                { label: "Steps", value: formatCount(figures.calls) },
                { label: "Tools", value: formatCount(figures.toolCalls) },
                { label: "Failed", value: formatCount(figures.errorCalls) },
                { label: "Retries", value: formatCount(figures.retryCalls) },
              ]
            : []
        }
      />
    </div>
  );
}
