"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { prepareTrend } from "@/app/_components/charts/prepare-trend";
import { TrendChart } from "@/app/_components/charts/trend-chart";
import { trendLegend } from "@/app/_components/charts/trend-legend";
import { TrendTable } from "@/app/_components/charts/trend-table";
import { Segmented } from "@/app/_components/ui/segmented";
import { useTRPC } from "@/app/_trpc/client";
import type { SpendFilter } from "@/server/analytics/schemas";
import { useTenant } from "../../_components/tenant-context";
import { figuresOverTime } from "../../_reports/figures-over-time";
import { around, markedIn, type Seen } from "./around";
import { type Drawn, drawnBy, drawnOf } from "./measures";
import { seriesQuestions } from "./questions";

interface SeriesCardProps {
  incident: Seen;
  filter: SpendFilter;
  now: Date;
}

/** The subject's figures before, during and after an incident. */
export function SeriesCard({ incident, filter, now }: SeriesCardProps) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const drawable = drawnBy(incident.rule);
  const [drawn, setDrawn] = useState<Drawn>(drawable[0] ?? "cost");
  const asked = around(incident, now, timeZone);
  const questions = seriesQuestions(asked, filter);
  const trend = useQuery(trpc.reports.trend.queryOptions(questions.trend));
  const spend = useQuery(trpc.reports.spend.queryOptions(questions.spend));
  const failed = [trend, spend].find(({ isError }) => isError);
  const { measure } = drawnOf(drawn);
  const shape = measure.per ? "lines" : "bars";
  const buckets = trend.data?.buckets;
  const prepared =
    trend.data && spend.data
      ? prepareTrend({
          measure,
          buckets: trend.data.buckets,
          points: figuresOverTime({ buckets: trend.data.buckets, points: trend.data.series[0]?.points ?? [] }, spend.data.rows), // prettier-ignore
          timeZone,
          now,
          finalThrough: spend.data.watermark.finalThrough,
        })
      : undefined;
  const place = buckets && markedIn(buckets, incident, timeZone);
  const marked = place ? { ...place, label: "incident" } : undefined;
  return (
    <ChartCard
      title="Before, during and after"
      hint={`${measure.label} by ${asked.granularity}, in your time zone. The stretch of the incident is marked.`}
      legend={prepared && [...trendLegend(prepared, shape), ...(marked ? [{ name: "Incident", shape: "box" as const, className: "bg-bad/25" }] : [])]} // prettier-ignore
      controls={
        <div className="order-last basis-full @2xl:order-none @2xl:basis-auto">
          <Segmented
            label="What is drawn"
            value={drawn}
            options={drawable.map((value) => ({ value, label: drawnOf(value).name }))}
            onChange={setDrawn}
          />
        </div>
      }
      chart={prepared && <TrendChart trend={prepared} shape={shape} marked={marked} />}
      table={prepared && <TrendTable trend={prepared} marked={marked} />}
      failure={failed?.error ? { error: failed.error, onRetry: () => void failed.refetch() } : null}
    />
  );
}
