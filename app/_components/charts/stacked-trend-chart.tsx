"use client";

import dynamic from "next/dynamic";
import { cn } from "../ui/class-names";
import { Skeleton } from "../ui/skeleton";
import type { SeriesTrend } from "./prepare-series";

// As in trend-chart.tsx.
if (typeof window !== "undefined") import("./series-plot").catch(() => undefined);
const Plot = dynamic(() => import("./series-plot").then((module) => module.SeriesPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** Groups that add up, over time. Put a `SeriesTable` beside it: the chart is hidden from readers. */
export function StackedTrendChart({ trend, className }: { trend: SeriesTrend; className?: string }) {
  return (
    <div className={cn("h-64", className)}>
      <Plot trend={trend} shape="stack" />
    </div>
  );
}
