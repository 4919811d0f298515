"use client";

import { useQuery } from "@tanstack/react-query";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { costMeasure } from "@/app/_components/charts/measures";
import { prepareTrend } from "@/app/_components/charts/prepare-trend";
import { TrendChart } from "@/app/_components/charts/trend-chart";
import { trendLegend } from "@/app/_components/charts/trend-legend";
import { TrendTable } from "@/app/_components/charts/trend-table";
import { useTRPC } from "@/app/_trpc/client";
import { CsvButton } from "../_export/csv-button";
import { useScope } from "../_scope/use-scope";
import { spendQuestions } from "./questions";

const titles = { hour: "Hourly spend", day: "Daily spend", month: "Monthly spend" } as const;

/** Cost over time beside the stretch compared with, and over days the average of seven. */
export function SpendCard() {
  const { scope, now } = useScope();
  const { shown, question, lead } = spendQuestions(scope);
  // The lead belongs to this question: an answer to another one must not stand in for it.
  const query = useQuery(useTRPC().reports.trend.queryOptions(question, { refetchInterval: 60_000 }));
  const { data } = query;
  const { granularity, timeZone } = scope;
  const trend =
    data &&
    prepareTrend({
      measure: costMeasure,
      buckets: data.buckets,
      points: data.series[0]?.points ?? [],
      previous: data.previous,
      timeZone,
      now,
      finalThrough: data.watermark.finalThrough,
      hasAverage: lead > 0,
      lead,
    });
  return (
    <ChartCard
      title={titles[granularity]}
      legend={trend && trendLegend(trend, "bars")}
      controls={<CsvButton table="trend" input={shown} of="spend over time" />}
      chart={trend && <TrendChart trend={trend} />}
      table={trend && <TrendTable trend={trend} />}
      failure={query.isError ? { error: query.error, onRetry: () => void query.refetch() } : null}
    />
  );
}
