"use client";

import dynamic from "next/dynamic";
import { cn } from "../ui/class-names";
import { Skeleton } from "../ui/skeleton";
import type { VersionTimeline } from "./prepare-version-timeline";

// As in trend-chart.tsx.
if (typeof window !== "undefined") import("./series-plot").catch(() => undefined);
const Plot = dynamic(() => import("./series-plot").then((module) => module.SeriesPlot), {
  ssr: false,
  loading: () => <Skeleton className="h-full" />,
});

/** What a call cost by version of its prompt. Put a `SeriesTable` beside it: the chart is hidden from readers. */
export function VersionTimelineChart({
  timeline,
  className,
}: {
  timeline: VersionTimeline;
  className?: string;
}) {
  return (
    <div className={cn("h-64", className)}>
      <Plot trend={timeline.trend} shape="lines" turns={timeline.turns} />
    </div>
  );
}
