"use client";

import { BarChart, type CustomTooltipProps, LineChart } from "@tremor/react";
import { formatTick } from "@/app/_format/figures";
import { toGeometry } from "@/app/_format/money";
import { axisWidthOf } from "./axis";
import { bucketUnder } from "./bucket-under";
import { aloneAt } from "./gap-path";
import { Hatch } from "./hatch";
import { plotBox, PlotDot, PlotLayer } from "./plot-layer";
import { barScale, lineScale } from "./plot-scale";
import type { SeriesTrend } from "./prepare-series";
import { SeriesTip } from "./series-tip";
import { TimeMarks } from "./time-marks";
import { type Turn, TurnMarks } from "./turn-marks";

interface SeriesPlotProps {
  trend: SeriesTrend;
  /** Bars on top of each other, or a line for each. */
  shape: "stack" | "lines";
  turns?: readonly Turn[];
}

export function SeriesPlot({ trend, shape, turns = [] }: SeriesPlotProps) {
  const { points, series, top, kind } = trend;
  const isStacked = shape === "stack";
  const scale = isStacked ? barScale(points.length) : lineScale(points.length);
  const axisWidth = axisWidthOf([0.25, 0.5, 0.75, 1].map((part) => formatTick(kind, top * part)));
  const lengths = series.map((_, n) =>
    points.map(({ values }) => {
      const value = values[n] ?? null;
      return value === null ? null : toGeometry(value);
    }),
  );
  const tooltip = ({ active, payload }: CustomTooltipProps) => {
    const at = bucketUnder(payload);
    return active && at !== undefined ? <SeriesTip trend={trend} at={at} isStacked={isStacked} /> : null;
  };
  const shared = {
    className: "h-full",
    data: points.map(({ label }, at) => ({
      label,
      at,
      ...Object.fromEntries(series.map(({ id }, n) => [id, lengths[n]?.[at] ?? undefined])),
    })),
    index: "label",
    categories: series.map(({ id }) => id),
    colors: series.map(({ colour }) => colour.tremor),
    minValue: 0,
    maxValue: top,
    valueFormatter: (value: number) => formatTick(kind, value),
    customTooltip: tooltip,
    yAxisWidth: axisWidth,
    padding: { left: 0, right: 0 },
    tickGap: 28,
    showLegend: false,
  };
  return (
    <div aria-hidden className={plotBox}>
      <Hatch />
      {isStacked ? (
        <BarChart
          {...shared}
          className="h-full [&_.recharts-bar-rectangle_rect]:stroke-surface [&_.recharts-bar-rectangle_rect]:[stroke-width:0.5px]"
          stack
          barCategoryGap={points.length > 45 ? "18%" : "24%"}
        />
      ) : (
        <LineChart {...shared} />
      )}
      <PlotLayer left={axisWidth}>
        {!isStacked &&
          series.flatMap(({ id, colour }, n) =>
            aloneAt(lengths[n] ?? []).map((at) => (
              <PlotDot
                key={`${id} ${String(at)}`}
                x={scale.middle(at)}
                y={(lengths[n]?.[at] ?? 0) / top}
                className={colour.background}
              />
            )),
          )}
        <TimeMarks points={points} scale={scale} granularity={trend.granularity} />
        <TurnMarks turns={turns} points={points} scale={scale} />
      </PlotLayer>
    </div>
  );
}
