"use client";

import { type CustomTooltipProps, LineChart } from "@tremor/react";
import { formatAxis, formatExact } from "@/app/_format/money";
import type { PriceDay } from "./prepare-price-steps";

function Tooltip({ day }: { day: PriceDay }) {
  return (
    <div className="min-w-44 rounded-md border border-line-strong bg-surface px-3 py-2 text-xs shadow-pop">
      <p className="mb-1.5 font-medium text-ink">{day.label}</p>
      <dl className="figures grid grid-cols-[1fr_auto] gap-x-6 gap-y-0.5 text-ink-muted [&_dd]:text-right [&_dd]:text-ink">
        <dt>Input / 1M</dt>
        <dd>{day.inputUsd === null ? "no price" : formatExact(day.inputUsd)}</dd>
        <dt>Output / 1M</dt>
        <dd>{day.outputUsd === null ? "no price" : formatExact(day.outputUsd)}</dd>
      </dl>
    </div>
  );
}

/** What a million tokens cost through time; a table beside it says the same (it is hidden from readers). */
export function PriceStepsChart({ days, className }: { days: readonly PriceDay[]; className?: string }) {
  const byLabel = new Map(days.map((day) => [day.label, day]));
  const tooltip = ({ active, payload }: CustomTooltipProps) => {
    const shown: unknown = payload?.[0]?.payload;
    const label = typeof shown === "object" && shown !== null && "label" in shown ? shown.label : undefined;
    const day = typeof label === "string" ? byLabel.get(label) : undefined;
    return active && day ? <Tooltip day={day} /> : null;
  };
  return (
    <div aria-hidden className={className}>
      <LineChart
        className="h-full"
        data={[...days]}
        index="label"
        categories={["Output", "Input"]}
        colors={["brand", "slate"]}
        curveType="step"
        valueFormatter={formatAxis}
        customTooltip={tooltip}
        yAxisWidth={48}
        tickGap={40}
        minValue={0}
        showLegend
        padding={{ left: 0, right: 0 }}
      />
    </div>
  );
}
