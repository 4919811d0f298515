"use client";

import { useQuery } from "@tanstack/react-query";
import { Clock } from "lucide-react";
import { ChartCard } from "@/app/_components/charts/chart-card";
import { HourHeatmap } from "@/app/_components/charts/hour-heatmap";
import { HourTable } from "@/app/_components/charts/hour-table";
import { type HourGrid, prepareHours } from "@/app/_components/charts/prepare-hours";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import type { ReportScope } from "@/server/analytics/schemas";
import { CsvButton } from "../_export/csv-button";
import { useScope } from "../_scope/use-scope";
import { hourCells, hourKind, type HourMeasure } from "./hour-cells";
import { live } from "./live";

interface HoursCardProps {
  title?: string;
  measure?: HourMeasure;
  /** What the measure is called. */
  label?: string;
  /** In place of the screen's own: a part of it. */
  report?: ReportScope;
  className?: string;
}

const labels = { cost: "Mean cost of such an hour", calls: "Calls in such hours" } as const;

function peakOf(grid: HourGrid): string | null {
  const cells = grid.rows.flatMap((row) => row.cells);
  return cells.find(({ level, value }) => level === 5 && value === grid.highest)?.title ?? null;
}

/** Weekdays by hours of the tenant's clock: when it is spent. Needs the ScopeProvider of its screen. */
export function HoursCard(props: HoursCardProps) {
  const {
    title = "By hour of the week",
    measure = "cost",
    label = labels[measure],
    report,
    className,
  } = props;
  const { scope } = useScope();
  const question = report ?? scope.report;
  const query = useQuery(useTRPC().reports.hours.queryOptions(question, live));
  const { data } = query;
  const cells = data && hourCells(data.cells, measure);
  const grid = cells && prepareHours({ cells, kind: hourKind(cells, measure), label });
  const peak = grid && peakOf(grid);
  const unpriced = data?.total.unpricedCalls ?? 0;
  return (
    <ChartCard
      title={title}
      className={className}
      hint={peak && `Highest on ${peak}, by the clock of ${scope.timeZone}.`}
      controls={<CsvButton table="hours" input={question} of={title.toLowerCase()} />}
      chart={grid && <HourHeatmap grid={grid} />}
      table={grid && <HourTable grid={grid} />}
      empty={
        data?.total.calls === 0 ? (
          <EmptyState icon={Clock} title="No calls in these hours" className="py-8">
            No call of this range matches. Choose a longer range, or take a filter away.
          </EmptyState>
        ) : undefined
      }
      note={
        measure === "cost" && unpriced > 0
          ? `+ ${plural(unpriced, "call")} unpriced, in no amount.`
          : undefined
      }
      failure={query.isError ? { error: query.error, onRetry: () => void query.refetch() } : null}
      isStale={query.isPlaceholderData}
    />
  );
}
