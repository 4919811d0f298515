"use client";

import { ChartColumn, Table2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Failure } from "../failure";
import { Card, CardHeader } from "../ui/card";
import { cn } from "../ui/class-names";
import { Segmented } from "../ui/segmented";
import { Skeleton } from "../ui/skeleton";
import { Legend, type LegendItem } from "./legend";

const views = [
  { value: "chart", label: <ChartColumn aria-label="Chart" className="size-3.5" />, title: "Chart" },
  { value: "table", label: <Table2 aria-label="Table" className="size-3.5" />, title: "Table" },
] as const;

/** A longer legend has a line of its own beneath the title, as every legend has where the card is narrow. */
const mostBesideTitle = 4;

interface ChartCardProps {
  title: string;
  hint?: ReactNode;
  legend?: readonly LegendItem[];
  /** Controls between the legend and the choice of chart or table. */
  controls?: ReactNode;
  /** Undefined: still loading. */
  chart: ReactNode | undefined;
  /** The same in figures; readers get it whichever of the two is in sight. Without: the chart is a table itself. */
  table?: ReactNode;
  /** In place of both: there is nothing to draw. */
  empty?: ReactNode;
  failure?: { error: Parameters<typeof Failure>[0]["error"]; onRetry: () => void } | null;
  /** Shown until the answer to a new question is there. */
  isStale?: boolean;
  /** Beneath the chart: what it leaves out. */
  note?: ReactNode;
  className?: string;
}

/** A chart with its legend, and the same figures as a table at a click. */
export function ChartCard(props: ChartCardProps) {
  const {
    title,
    hint,
    legend = [],
    controls,
    chart,
    table,
    empty,
    failure,
    isStale,
    note,
    className,
  } = props;
  const [view, setView] = useState<"chart" | "table">("chart");
  return (
    <Card className={cn(isStale === true && "opacity-60 transition-opacity", className)}>
      <div className="@container">
        <CardHeader title={title} hint={hint}>
          {legend.length > 0 && (
            <Legend
              items={legend}
              className={cn(
                "order-last basis-full",
                legend.length <= mostBesideTitle && "@2xl:order-none @2xl:basis-auto",
              )}
            />
          )}
          {controls}
          {table !== undefined && (
            <Segmented label={`Show ${title} as`} value={view} options={views} onChange={setView} />
          )}
        </CardHeader>
      </div>
      {failure ? (
        <Failure error={failure.error} onRetry={failure.onRetry} />
      ) : chart === undefined ? (
        <div role="status" aria-label="Loading" className="px-4 pb-4 sm:px-5">
          <Skeleton className="h-60" />
        </div>
      ) : empty !== undefined ? (
        empty
      ) : table === undefined ? (
        chart
      ) : view === "chart" ? (
        <>
          <div className="pr-4 pb-3 pl-2 sm:pr-5 sm:pl-3">{chart}</div>
          <div className="sr-only">{table}</div>
        </>
      ) : (
        <div
          className="max-h-96 overflow-auto border-t"
          tabIndex={0}
          role="region"
          aria-label={`${title} as a table`}
        >
          {table}
        </div>
      )}
      {note !== undefined && <p className="border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">{note}</p>}
    </Card>
  );
}
