"use client";

import dynamic from "next/dynamic";
import { Skeleton } from "../ui/skeleton";
import { cn } from "../ui/class-names";
import type { Marked } from "./marked-stretch";
import type { Trend } from "./prepare-trend";

// Recharts draws nothing on the server and weighs more than a screen: no screen waits for it. It is on its way before React
// has taken the page over, and if it does not come, the attempt to draw tells.
if (typeof window !== "undefined") import("./trend-plot").catch(() => undefined);
const Plot = dynamic(() => import("./trend-plot").then((module) => module.TrendPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

interface TrendChartProps {
  trend: Trend;
  /** Bars for sums, lines for ratios. */
  shape?: "bars" | "lines";
  /** What of it the chart is about. */
  marked?: Marked;
  className?: string;
}

/** A measure over time. Put a `TrendTable` beside it: the chart is hidden from readers. */
export function TrendChart({ trend, shape = "bars", marked, className }: TrendChartProps) {
  return (
    <div className={cn("h-64", className)}>
      <Plot trend={trend} shape={shape} marked={marked} />
    </div>
  );
}
