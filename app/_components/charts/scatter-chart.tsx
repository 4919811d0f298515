"use client";

import { Link } from "@/app/_components/ui/link";
import { useState } from "react";
import { formatFigure, formatTick } from "@/app/_format/figures";
import { formatCount } from "@/app/_format/quantities";
import { cn } from "../ui/class-names";
import { AxisFrame } from "./axis-frame";
import { ChartTip, TipFigures, TipRow } from "./chart-tip";
import { isLabelLeft } from "./place-labels";
import { percent } from "./plot-scale";
import type { Scatter, ScatterPoint } from "./prepare-scatter";

function Tip({ scatter, point }: { scatter: Scatter; point: ScatterPoint }) {
  return (
    <div
      className={cn(
        "pointer-events-none absolute z-20",
        point.left > 0.5 ? "-translate-x-full pr-3" : "pl-3",
        point.bottom > 0.5 ? "" : "-translate-y-full",
      )}
      style={{ left: percent(point.left), top: percent(1 - point.bottom) }}
    >
      <ChartTip title={point.name}>
        <TipFigures>
          <TipRow name={scatter.sizeLabel} isMain>
            {formatFigure(scatter.sizeKind, point.size)}
          </TipRow>
          <TipRow name={scatter.y.label}>{formatFigure(scatter.y.kind, point.y)}</TipRow>
          <TipRow name={scatter.x.label}>{formatFigure(scatter.x.kind, point.x)}</TipRow>
          <TipRow name="Calls">{formatCount(point.calls)}</TipRow>
        </TipFigures>
      </ChartTip>
    </div>
  );
}

interface ScatterChartProps {
  scatter: Scatter;
  hrefOf: (key: string | null) => string | undefined;
  className?: string;
}

const labels = { narrow: "block", wide: "hidden @xl:block" } as const;

/**
 * Two figures against each other, the bubble a third. Our own: Tremor's has neither logarithmic axes nor names. Put a
 * `ScatterTable` beside it: the chart is hidden from readers and the keyboard.
 */
export function ScatterChart({ scatter, hrefOf, className }: ScatterChartProps) {
  const [pointed, setPointed] = useState<ScatterPoint | null>(null);
  const { x, y } = scatter;
  const ticks = (axis: Scatter["x"]) =>
    axis.ticks.map((tick) => ({ at: axis.at(tick), text: formatTick(axis.kind, tick) }));
  return (
    <div aria-hidden className={cn("@container", className)}>
      <AxisFrame
        across={ticks(x)}
        up={ticks(y)}
        labelAcross={`${x.label} →`}
        labelUp={`↑ ${y.label}`}
        hasColumns
        className="h-72"
      >
        {scatter.points.map((point) => {
          const href = hrefOf(point.key);
          const look = cn(
            "absolute -translate-x-1/2 translate-y-1/2 rounded-full border border-data bg-data/25 transition-colors hover:bg-data/50",
            point.key === null && "border-ink-faint bg-ink-faint/15 hover:bg-ink-faint/30",
          );
          const shared = {
            className: look,
            style: {
              left: percent(point.left),
              bottom: percent(point.bottom),
              width: point.radius * 2,
              height: point.radius * 2,
            },
            onPointerEnter: () => setPointed(point),
            onPointerLeave: () => setPointed(null),
          };
          return href === undefined ? (
            <span key={point.name} {...shared} />
          ) : (
            <Link key={point.name} href={href} tabIndex={-1} {...shared} />
          );
        })}
        {scatter.points.map(
          (point) =>
            point.labelled !== null && (
              <span
                key={point.name}
                className={cn(
                  "pointer-events-none absolute translate-y-1/2 whitespace-nowrap text-ink-muted",
                  isLabelLeft(point.left) && "-translate-x-full",
                  point.key === null && "italic",
                  labels[point.labelled],
                )}
                style={{
                  left: `calc(${percent(point.left)} ${isLabelLeft(point.left) ? "-" : "+"} ${String(point.radius + 3)}px)`,
                  bottom: percent(point.bottom),
                }}
              >
                {point.name}
              </span>
            ),
        )}
        {pointed && <Tip scatter={scatter} point={pointed} />}
      </AxisFrame>
    </div>
  );
}
