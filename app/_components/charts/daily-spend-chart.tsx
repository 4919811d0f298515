"use client";

import { BarChart, type CustomTooltipProps } from "@tremor/react";
import { formatDayLong } from "@/app/_format/dates";
import { formatAxis, formatTotal, toGeometry } from "@/app/_format/money";
import { plural } from "@/app/_format/quantities";
import { AverageLine } from "./average-line";
import type { DailySpend, DayPoint } from "./prepare-daily-spend";

const axisWidth = 48;

interface Bar {
  label: string;
  day: string;
  Final: number | undefined;
  Provisional: number | undefined;
}

function barOf(point: DayPoint): Bar {
  const height = point.costUsd === null ? undefined : toGeometry(point.costUsd);
  return {
    label: point.label,
    day: point.day,
    Final: point.isProvisional ? undefined : height,
    Provisional: point.isProvisional ? height : undefined,
  };
}

function Tooltip({ point }: { point: DayPoint }) {
  return (
    <div className="min-w-48 rounded-md border border-line-strong bg-surface px-3 py-2 text-xs shadow-pop">
      <p className="mb-1.5 font-medium text-ink">
        {formatDayLong(point.day)}
        {point.isToday && <span className="font-normal text-ink-muted"> · so far</span>}
      </p>
      {point.costUsd === null ? (
        <p className="text-ink-muted">Nothing known for this day</p>
      ) : (
        <dl className="figures grid grid-cols-[1fr_auto] gap-x-6 gap-y-0.5 text-ink-muted [&_dd]:text-right [&_dd]:text-ink">
          <dt>{point.isProvisional ? "Spend, provisional" : "Spend"}</dt>
          <dd className="font-medium">{formatTotal(point.costUsd)}</dd>
          {point.averageUsd !== null && (
            <>
              <dt>7-day average</dt>
              <dd>{formatTotal(point.averageUsd)}</dd>
            </>
          )}
          <dt>Calls</dt>
          <dd>{point.calls.toLocaleString("en-US")}</dd>
          {point.unpricedCalls > 0 && (
            <dt className="col-span-2 text-warn">+ {plural(point.unpricedCalls, "call")} unpriced</dt>
          )}
        </dl>
      )}
    </div>
  );
}

export function DailySpendChart({ spend, className }: { spend: DailySpend; className?: string }) {
  const byDay = new Map(spend.points.map((point) => [point.day, point]));
  const tooltip = ({ active, payload }: CustomTooltipProps) => {
    const bar: unknown = payload?.[0]?.payload;
    const day = typeof bar === "object" && bar !== null && "day" in bar ? bar.day : undefined;
    const point = typeof day === "string" ? byDay.get(day) : undefined;
    return active && point ? <Tooltip point={point} /> : null;
  };
  return (
    <div className={className}>
      <div aria-hidden className="relative h-full">
        <BarChart
          className="h-full"
          data={spend.points.map(barOf)}
          index="label"
          categories={["Final", "Provisional"]}
          // Tremor knows colours by its palette's names only; globals.css gives its slate our provisional tone.
          colors={["brand", "slate"]}
          stack
          maxValue={spend.top}
          valueFormatter={formatAxis}
          customTooltip={tooltip}
          yAxisWidth={axisWidth}
          padding={{ left: 0, right: 0 }}
          tickGap={28}
          barCategoryGap={spend.points.length > 45 ? "18%" : "24%"}
          showLegend={false}
        />
        <AverageLine spend={spend} left={axisWidth} />
      </div>
    </div>
  );
}
