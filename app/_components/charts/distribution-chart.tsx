"use client";

import { useState } from "react";
import { formatFigure, formatTick } from "@/app/_format/figures";
import { formatTotal } from "@/app/_format/money";
import { formatCompact, formatCount, formatShare } from "@/app/_format/quantities";
import { cn } from "../ui/class-names";
import { AxisFrame } from "./axis-frame";
import { ChartTip, TipFigures, TipRow } from "./chart-tip";
import { percent } from "./plot-scale";
import { bucketName, type Distribution, type DistributionBar } from "./prepare-distribution";

function Tip({ spread, bar }: { spread: Distribution; bar: DistributionBar }) {
  const isRight = bar.start > 0.5;
  return (
    <div
      className={cn("pointer-events-none absolute top-0 z-20", isRight ? "-translate-x-full pr-2" : "pl-2")}
      style={{ left: percent(isRight ? bar.start : bar.end) }}
    >
      <ChartTip title={bucketName(spread.kind, bar)}>
        <TipFigures>
          <TipRow name={spread.nouns[1]} isMain>
            {formatCount(bar.count)} ({formatShare(bar.share)})
          </TipRow>
          {bar.costUsd !== undefined && <TipRow name="Cost together">{formatTotal(bar.costUsd)}</TipRow>}
        </TipFigures>
      </ChartTip>
    </div>
  );
}

/** How many of each size there are. Put a `DistributionTable` beside it: the chart is hidden from readers. */
export function DistributionChart({ spread, className }: { spread: Distribution; className?: string }) {
  const [pointed, setPointed] = useState<DistributionBar | null>(null);
  const { axis, top, kind, zero } = spread;
  return (
    <div aria-hidden className={cn("@container flex gap-3", className)}>
      <AxisFrame
        className="min-w-0 flex-1"
        across={axis.ticks.map((tick) => ({ at: axis.at(tick), text: formatTick(kind, tick) }))}
        up={[0.25, 0.5, 0.75, 1].map((at) => ({ at, text: formatCompact(top * at) }))}
        labelAcross={`${spread.label}, logarithmic →`}
        labelUp={`↑ ${spread.nouns[1]}`}
      >
        {spread.bars.map((bar) => (
          <span
            key={bar.from}
            className="absolute inset-y-0 px-px hover:bg-accent-soft/60"
            style={{ left: percent(bar.start), width: percent(bar.end - bar.start) }}
            onPointerEnter={() => setPointed(bar)}
            onPointerLeave={() => setPointed(null)}
          >
            <span className="relative block size-full">
              <span
                className="absolute inset-x-0 bottom-0 min-h-0.5 rounded-t-[3px] bg-data"
                style={{ height: percent(bar.height) }}
              />
            </span>
          </span>
        ))}
        {spread.markers.map(({ name, value, at }, row) => (
          <span
            key={name}
            className="pointer-events-none absolute inset-y-0 border-l border-dashed border-data-line"
            style={{ left: percent(at) }}
          >
            <span
              className={cn(
                "absolute rounded-sm bg-surface/85 px-1 whitespace-nowrap text-ink-muted",
                at > 0.7 ? "right-0.5" : "left-0.5",
              )}
              style={{ top: `${String(row * 1.1)}rem` }}
            >
              <strong className="font-semibold text-ink">{name}</strong> {formatFigure(kind, value)}
            </span>
          </span>
        ))}
        {pointed && <Tip spread={spread} bar={pointed} />}
      </AxisFrame>
      {zero && (
        <div
          className="figures flex w-10 shrink-0 flex-col pt-5.5 text-center text-2xs text-ink-faint"
          title={`${formatCount(zero.count)} ${spread.nouns[1]} (${formatShare(zero.share)})`}
        >
          <div className="relative flex-1 border-b">
            <span
              className="absolute inset-x-1 bottom-0 min-h-0.5 rounded-t-[3px] bg-series-rest"
              style={{ height: percent(zero.height) }}
            />
          </div>
          <span className="h-10 pt-1.5">{zero.label}</span>
        </div>
      )}
    </div>
  );
}
