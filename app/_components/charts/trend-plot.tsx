"use client";

import { BarChart, type CustomTooltipProps, LineChart } from "@tremor/react";
import { formatTick } from "@/app/_format/figures";
import { toGeometry } from "@/app/_format/money";
import { axisWidthOf } from "./axis";
import { bucketUnder } from "./bucket-under";
import { aloneAt, gapPath } from "./gap-path";
import { type Marked, MarkedStretch } from "./marked-stretch";
import { plotBox, PlotDot, PlotLayer, PlotLine } from "./plot-layer";
import { barScale, lineScale } from "./plot-scale";
import type { Trend } from "./prepare-trend";
import { TimeMarks } from "./time-marks";
import { TrendTip } from "./trend-tip";

const length = (value: string | null) => (value === null ? null : toGeometry(value));

interface TrendPlotProps {
  trend: Trend;
  shape: "bars" | "lines";
  marked?: Marked;
}

export function TrendPlot({ trend, shape, marked }: TrendPlotProps) {
  const { points, top, kind } = trend;
  const scale = shape === "bars" ? barScale(points.length) : lineScale(points.length);
  const values = points.map(({ value }) => length(value));
  const ticks = [0.25, 0.5, 0.75, 1].map((part) => formatTick(kind, top * part));
  const axisWidth = axisWidthOf(ticks);
  const tooltip = ({ active, payload }: CustomTooltipProps) => {
    const at = bucketUnder(payload);
    const point = at === undefined ? undefined : points[at];
    return active && point ? <TrendTip trend={trend} point={point} /> : null;
  };
  const shared = {
    className: "h-full",
    data: points.map(({ label }, at) => ({ label, at, Value: values[at] ?? undefined })),
    index: "label",
    categories: ["Value"],
    colors: ["brand"],
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
      {shape === "bars" ? (
        <BarChart {...shared} barCategoryGap={points.length > 45 ? "18%" : "24%"} />
      ) : (
        <LineChart {...shared} />
      )}
      <PlotLayer left={axisWidth}>
        {shape === "lines" &&
          aloneAt(values).map((at) => (
            <PlotDot key={at} x={scale.middle(at)} y={(values[at] ?? 0) / top} className="bg-data" />
          ))}
        <MarkedStretch marked={marked} scale={scale} />
        <TimeMarks points={points} scale={scale} granularity={trend.granularity} />
        <PlotLine
          path={gapPath(
            points.map(({ previous }) => length(previous)),
            scale.middle,
            top,
          )}
          className="stroke-ink-faint [stroke-dasharray:4_4]"
        />
        <PlotLine
          path={gapPath(
            points.map(({ average }) => length(average)),
            scale.middle,
            top,
          )}
          className="stroke-data-line"
        />
      </PlotLayer>
    </div>
  );
}
