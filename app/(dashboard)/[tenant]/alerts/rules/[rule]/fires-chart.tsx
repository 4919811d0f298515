"use client";

import { type PointerEvent, useState } from "react";
import { AxisFrame } from "@/app/_components/charts/axis-frame";
import { ChartTip, TipFigures, TipRow } from "@/app/_components/charts/chart-tip";
import { percent } from "@/app/_components/charts/plot-scale";
import { cn } from "@/app/_components/ui/class-names";
import { formatTick } from "@/app/_format/figures";
import { formatTotal, toGeometry } from "@/app/_format/money";
import type { FiresChart as Chart, FiresDay } from "./prepare-fires";

const countWords = ({ fires, noise }: FiresDay["draft"]) =>
  noise === 0 ? String(fires) : `${String(fires)}, ${String(noise)} noise`;

function Tip({ day, middle, isCompared }: { day: FiresDay; middle: number; isCompared: boolean }) {
  return (
    <div
      className={cn(
        "pointer-events-none absolute top-0 z-20",
        middle > 0.5 ? "-translate-x-full pr-2" : "pl-2",
      )}
      style={{ left: percent(middle) }}
    >
      <ChartTip title={day.title}>
        <TipFigures>
          <TipRow name="Cost">{day.costUsd === null ? "–" : formatTotal(day.costUsd)}</TipRow>
          <TipRow name="As saved">{countWords(day.saved)}</TipRow>
          {isCompared && <TipRow name="Draft">{countWords(day.draft)}</TipRow>}
        </TipFigures>
      </ChartTip>
    </div>
  );
}

interface LaneProps {
  name: string;
  days: readonly FiresDay[];
  of: (day: FiresDay) => FiresDay["draft"];
  className: string;
}

/** A row of dots: full where somebody would have been told of something, hollow where that was noise. */
function Lane({ name, days, of, className }: LaneProps) {
  return (
    <div className="flex h-6 items-center text-2xs text-ink-faint">
      <span className="w-13 shrink-0 pr-2 text-right">{name}</span>
      <div className="relative h-full min-w-0 flex-1 border-b border-dashed">
        {days.map((day, at) => {
          const { fires, noise } = of(day);
          if (fires === 0) return null;
          return (
            <span
              key={day.day}
              className={cn(
                "absolute top-1/2 -translate-1/2 rounded-full border-2",
                fires > 1 ? "size-3" : "size-2",
                className,
                noise === fires && "bg-transparent",
              )}
              style={{ left: percent((at + 0.5) / days.length) }}
            />
          );
        })}
      </div>
    </div>
  );
}

/** What each day cost, and beneath it when the rule would have told something. A `FiresTable` tells readers the same. */
export function FiresChart({ chart, isCompared }: { chart: Chart; isCompared: boolean }) {
  const { days, top, ticks } = chart;
  const [pointed, setPointed] = useState<number | null>(null);
  const onPointerMove = (event: PointerEvent<HTMLDivElement>) => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    const at = Math.floor(((event.clientX - left) / width) * days.length);
    setPointed(at >= 0 && at < days.length ? at : null);
  };
  const day = pointed === null ? undefined : days[pointed];
  return (
    <div aria-hidden className="@container">
      <AxisFrame
        className="h-52"
        across={ticks}
        up={[0.25, 0.5, 0.75, 1].map((at) => ({ at, text: formatTick("usd", at * top) }))}
      >
        <div
          className="absolute inset-0"
          onPointerMove={onPointerMove}
          onPointerLeave={() => setPointed(null)}
        >
          {days.map(({ day: name, costUsd }, at) => (
            <span
              key={name}
              className="absolute bottom-0 bg-data/60"
              style={{
                left: percent((at + 0.15) / days.length),
                width: percent(0.7 / days.length),
                height: percent(toGeometry(costUsd ?? "0") / top),
              }}
            />
          ))}
          {day && pointed !== null && (
            <Tip day={day} middle={(pointed + 0.5) / days.length} isCompared={isCompared} />
          )}
        </div>
      </AxisFrame>
      <Lane name="saved" days={days} of={({ saved }) => saved} className="border-ink-muted bg-ink-muted" />
      {isCompared && (
        <Lane name="draft" days={days} of={({ draft }) => draft} className="border-bad bg-bad" />
      )}
    </div>
  );
}
