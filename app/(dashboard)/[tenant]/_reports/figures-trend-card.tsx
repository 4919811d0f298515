"use client";

import type { ReactNode } from "react";
import { ChartCard } from "@/app/_components/charts/chart-card";
import type { Measure } from "@/app/_components/charts/measures";
import { prepareTrend } from "@/app/_components/charts/prepare-trend";
import { TrendChart } from "@/app/_components/charts/trend-chart";
import { trendLegend } from "@/app/_components/charts/trend-legend";
import { TrendTable } from "@/app/_components/charts/trend-table";
import type { SpendFigures } from "@/server/analytics/schemas";
import { CsvButton } from "../_export/csv-button";
import { useScope } from "../_scope/use-scope";
import { useFiguresOverTime } from "./use-figures-over-time";

interface FiguresTrendCardProps {
  title: string;
  hint?: ReactNode;
  measure: Measure<SpendFigures>;
  /** Bars for sums, lines for ratios. */
  shape: "bars" | "lines";
  /** Beneath the chart: what it leaves out. */
  note?: ReactNode;
  className?: string;
}

/** Calls without a price are what a cost of everything lacks; rates and parts of the cost do not know whether theirs are among them. */
const withoutUnpriced = (points: readonly (SpendFigures | null)[]) =>
  points.map((point) => point && { ...point, unpricedCalls: 0 });

/** One measure of everything in the scope over time, beside the stretch compared with. */
export function FiguresTrendCard({ title, hint, measure, shape, note, className }: FiguresTrendCardProps) {
  const { scope, now } = useScope();
  const { data, failure, question } = useFiguresOverTime();
  const { timeZone } = scope;
  const trend =
    data &&
    prepareTrend({
      ...data,
      points: withoutUnpriced(data.points),
      measure,
      timeZone,
      now,
      hasAverage: shape === "lines",
    });
  return (
    <ChartCard
      title={title}
      hint={hint}
      className={className}
      legend={trend && trendLegend(trend, shape)}
      controls={<CsvButton table="spend" input={question} of={title.toLowerCase()} />}
      chart={trend && <TrendChart trend={trend} shape={shape} />}
      table={trend && <TrendTable trend={trend} />}
      note={note}
      failure={failure}
    />
  );
}
