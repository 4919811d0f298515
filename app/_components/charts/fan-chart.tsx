"use client";

import { type PointerEvent, useState } from "react";
import { formatTick } from "@/app/_format/figures";
import { formatTotal } from "@/app/_format/money";
import { cn } from "../ui/class-names";
import { AxisFrame } from "./axis-frame";
import { ChartTip, TipFigures, TipRow } from "./chart-tip";
import { PlotLine } from "./plot-layer";
import { percent } from "./plot-scale";
import type { Fan, FanDay } from "./prepare-fan";

/** In a box of 1 × 1 with its zero below. */
const pathOf = (points: readonly (readonly [x: number, y: number])[]) =>
  points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${x.toFixed(4)} ${(1 - y).toFixed(4)}`).join("");

function Tip({ fan, day, at }: { fan: Fan; day: FanDay; at: number }) {
  const middle = (at + 0.5) / fan.days.length;
  const isRight = middle > 0.5;
  return (
    <div
      className={cn("pointer-events-none absolute top-0 z-20", isRight ? "-translate-x-full pr-2" : "pl-2")}
      style={{ left: percent(middle) }}
    >
      <ChartTip title={day.title} note={day.isToday ? "so far" : undefined}>
        <TipFigures>
          {day.costUsd !== null && <TipRow name="That day">{formatTotal(day.costUsd)}</TipRow>}
          {day.soFarUsd !== null && (
            <TipRow name="Spent up to then" isMain>
              {formatTotal(day.soFarUsd)}
            </TipRow>
          )}
          {day.forecast && (
            <>
              <TipRow name="Expected by its end" isMain>
                {formatTotal(day.forecast.expectedUsd)}
              </TipRow>
              <TipRow name="Four of five cases">
                {formatTotal(day.forecast.lowUsd)} – {formatTotal(day.forecast.highUsd)}
              </TipRow>
            </>
          )}
          {fan.amountUsd !== null && <TipRow name="Budget">{formatTotal(fan.amountUsd)}</TipRow>}
        </TipFigures>
      </ChartTip>
    </div>
  );
}

/** What a stretch of days comes to. Put a `FanTable` beside it: the chart is hidden from readers. */
export function FanChart({ fan, className }: { fan: Fan; className?: string }) {
  const [pointed, setPointed] = useState<number | null>(null);
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / width) * fan.days.length);
    setPointed(at >= 0 && at < fan.days.length ? at : null);
  };
  const day = pointed === null ? undefined : fan.days[pointed];
  return (
    <div aria-hidden className={cn("@container", className)}>
      <AxisFrame
        across={fan.ticks}
        up={[0.25, 0.5, 0.75, 1].map((at) => ({ at, text: formatTick("usd", at * fan.top) }))}
      >
        <div
          className="absolute inset-0"
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointed(null)}
        >
          {fan.band.length > 0 && (
            <svg className="absolute inset-0 size-full" viewBox="0 0 1 1" preserveAspectRatio="none">
              <path d={`${pathOf(fan.band)}Z`} className="fill-data/20" />
            </svg>
          )}
          <PlotLine path={pathOf(fan.spent)} className="stroke-data" />
          <PlotLine path={pathOf(fan.expected)} className="stroke-data [stroke-dasharray:4_4]" />
          {fan.amountAt !== null && (
            <span
              className="absolute inset-x-0 border-t-2 border-warn"
              style={{ bottom: percent(fan.amountAt) }}
            />
          )}
          {fan.todayAt !== null && (
            <span
              className="absolute inset-y-0 border-l border-dashed border-line-strong"
              style={{ left: percent(fan.todayAt) }}
            >
              <span
                className={cn(
                  "absolute bottom-0.5 whitespace-nowrap",
                  fan.todayAt > 0.85 ? "right-1.5" : "left-1.5",
                )}
              >
                end of today
              </span>
            </span>
          )}
          {day && pointed !== null && <Tip fan={fan} day={day} at={pointed} />}
        </div>
      </AxisFrame>
    </div>
  );
}
