"use client";

import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { callsMeasure } from "@/app/_components/charts/measures";
import { prepareSeries } from "@/app/_components/charts/prepare-series";
import { seriesLegend } from "@/app/_components/charts/series-legend";
import { SeriesTable } from "@/app/_components/charts/series-table";
import { StackedTrendChart } from "@/app/_components/charts/stacked-trend-chart";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { useTRPC } from "@/app/_trpc/client";
import { CsvButton } from "../_export/csv-button";
import { groupWords } from "../_reports/groups";
import { live } from "../_reports/live";
import { useScope } from "../_scope/use-scope";
import { failuresTrendQuestion } from "./questions";

const failedMeasure = { ...callsMeasure, label: "Failed calls" };

/** Failed calls over time, by class of error. */
export function FailuresTrendCard() {
  const { scope, now } = useScope();
  const question = failuresTrendQuestion(scope);
  const query = useQuery(useTRPC().reports.trend.queryOptions(question, live));
  const { nouns, without } = groupWords.error;
  const { data } = query;
  const trend =
    data &&
    prepareSeries(
      {
        measure: failedMeasure,
        buckets: data.buckets,
        // Every failed call counts, with a price or without.
        series: data.series.map((one) => ({
          ...one,
          points: one.points.map((point) => point && { ...point, unpricedCalls: 0 }),
        })),
        names: { without, rest: `Other ${nouns[1]}` },
        timeZone: scope.timeZone,
        now,
        finalThrough: data.watermark.finalThrough,
      },
      true,
    );
  const isNothing = data?.series.every(({ points }) => points.every((point) => (point?.calls ?? 0) === 0));
  return (
    <ChartCard
      title="Failed calls over time"
      legend={trend && isNothing !== true ? seriesLegend(trend, "stack") : []}
      controls={<CsvButton table="trend" input={question} of="failed calls over time" />}
      chart={trend && <StackedTrendChart trend={trend} />}
      table={trend && <SeriesTable trend={trend} isStacked />}
      empty={
        isNothing === true ? (
          <EmptyState icon={ShieldCheck} title="No call failed" className="py-8">
            Send failed attempts too, with <code className="font-mono">errorClass</code>: what they cost shows
            here.
          </EmptyState>
        ) : undefined
      }
      failure={query.isError ? { error: query.error, onRetry: () => void query.refetch() } : null}
      isStale={query.isPlaceholderData}
    />
  );
}
