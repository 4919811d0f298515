"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { costMeasure } from "@/app/_components/charts/measures";
import { prepareSeries } from "@/app/_components/charts/prepare-series";
import { seriesLegend } from "@/app/_components/charts/series-legend";
import { SeriesTable } from "@/app/_components/charts/series-table";
import { StackedTrendChart } from "@/app/_components/charts/stacked-trend-chart";
import { useTRPC } from "@/app/_trpc/client";
import type { Grouping } from "@/server/analytics/schemas";
import { useScope } from "../_scope/use-scope";
import { groupWords } from "./groups";
import { live } from "./live";
import { trendQuestion } from "./order";

/** Cost over time, the dearest groups of a tag told apart. */
export function StackedTrendCard({ groupBy, title }: { groupBy: Grouping; title: string }) {
  const trpc = useTRPC();
  const { scope, now } = useScope();
  const query = useQuery(trpc.reports.trend.queryOptions(trendQuestion(scope, groupBy), live));
  const { nouns, without } = groupWords[groupBy];
  const trend =
    query.data &&
    prepareSeries(
      {
        measure: costMeasure,
        buckets: query.data.buckets,
        series: query.data.series,
        names: { without, rest: `Other ${nouns[1]}` },
        timeZone: scope.timeZone,
        now,
        finalThrough: query.data.watermark.finalThrough,
      },
      true,
    );
  return (
    <ChartCard
      title={title}
      legend={trend && seriesLegend(trend, "stack")}
      chart={trend && <StackedTrendChart trend={trend} />}
      table={trend && <SeriesTable trend={trend} isStacked />}
      failure={query.isError ? { error: query.error, onRetry: () => void query.refetch() } : null}
      isStale={query.isPlaceholderData}
    />
  );
}
