"use client";

import { type CustomTooltipProps, LineChart } from "@tremor/react";
import { formatAxis, formatExact } from "@/app/_format/money";
import type { PriceDay } from "./prepare-price-steps";
import { priceSeries } from "./price-series";

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

const axisWidth = 48;

/** Where the known past ends and what is announced begins; nothing where nothing is announced. */
function Today({ days }: { days: readonly PriceDay[] }) {
  const at = days.findIndex(({ isToday }) => isToday);
  const last = days.length - 1;
  if (at === -1 || at === last) return null;
  return (
    <div
      className="pointer-events-none absolute top-1 bottom-7.5 border-l border-dashed border-line-strong"
      style={{
        left: `calc(${String(axisWidth)}px + (100% - ${String(axisWidth)}px) * ${String(at / last)})`,
      }}
    >
      <span className="absolute bottom-0.5 left-1.5 text-2xs text-ink-faint">today</span>
    </div>
  );
}

export function PriceStepsPlot({ days }: { days: readonly PriceDay[] }) {
  const byLabel = new Map(days.map((day) => [day.label, day]));
  const tooltip = ({ active, payload }: CustomTooltipProps) => {
    const shown: unknown = payload?.[0]?.payload;
    const label = typeof shown === "object" && shown !== null && "label" in shown ? shown.label : undefined;
    const day = typeof label === "string" ? byLabel.get(label) : undefined;
    return active && day ? <Tooltip day={day} /> : null;
  };
  return (
    <>
      <LineChart
        className="h-full"
        data={[...days]}
        index="label"
        categories={priceSeries.map(({ name }) => name)}
        colors={priceSeries.map(({ colour }) => colour)}
        curveType="step"
        valueFormatter={formatAxis}
        customTooltip={tooltip}
        yAxisWidth={axisWidth}
        tickGap={40}
        minValue={0}
        showLegend={false}
        padding={{ left: 0, right: 0 }}
      />
      <Today days={days} />
    </>
  );
}
