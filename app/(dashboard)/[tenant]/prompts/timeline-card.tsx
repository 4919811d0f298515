"use client";

import { ChartCard } from "@/app/_components/charts/chart-card";
import { prepareVersionTimeline } from "@/app/_components/charts/prepare-version-timeline";
import { seriesLegend } from "@/app/_components/charts/series-legend";
import { SeriesTable } from "@/app/_components/charts/series-table";
import { VersionTimelineChart } from "@/app/_components/charts/version-timeline";
import { useScope } from "../_scope/use-scope";
import type { ReportProps } from "./report";
import { daysOfScope } from "./search-params";

/** What a call cost by version, day by day, and the days on which a version came. */
export function TimelineCard({
  report,
  finalThrough,
  isStale,
}: ReportProps & { finalThrough: string | undefined }) {
  const { scope, now } = useScope();
  const timeline =
    report && finalThrough !== undefined
      ? prepareVersionTimeline({
          days: daysOfScope(scope),
          rows: report.versions.flatMap(({ version, days }) =>
            (days ?? []).map((day) => ({ ...day, version })),
          ),
          changes: report.versions.flatMap(({ version, change }) =>
            version !== null && change ? [{ version, day: change.changedOn }] : [],
          ),
          timeZone: scope.timeZone,
          now,
          finalThrough,
        })
      : undefined;
  return (
    <ChartCard
      title="Cost per call by version"
      hint="Mean of the priced calls of each day; a gap is a day without any."
      legend={timeline && seriesLegend(timeline.trend, "lines")}
      chart={timeline && <VersionTimelineChart timeline={timeline} />}
      table={timeline && <SeriesTable trend={timeline.trend} isStacked={false} />}
      isStale={isStale}
    />
  );
}
