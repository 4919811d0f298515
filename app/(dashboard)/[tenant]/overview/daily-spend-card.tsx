"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ChartColumn, Table2 } from "lucide-react";
import { useState } from "react";
import { DailySpendChart } from "@/app/_components/charts/daily-spend-chart";
import { DailySpendTable } from "@/app/_components/charts/daily-spend-table";
import { prepareDailySpend } from "@/app/_components/charts/prepare-daily-spend";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { Segmented } from "@/app/_components/ui/segmented";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import { localDay } from "@/server/calendar/local-day";
import { useTenant } from "../_components/tenant-context";
import { eachDay, type Range, rangeLabels } from "../_ranges/range";
import type { overviewQuestions } from "./questions";

const views = [
  { value: "chart", label: <ChartColumn aria-label="Chart" className="size-3.5" />, title: "Chart" },
  { value: "table", label: <Table2 aria-label="Table" className="size-3.5" />, title: "Table" },
] as const;

function Key({ className, children }: { className: string; children: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={className} /> {children}
    </span>
  );
}

export function DailySpendCard({
  questions,
  range,
}: {
  questions: ReturnType<typeof overviewQuestions>;
  range: Range;
}) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const [view, setView] = useState<"chart" | "table">("chart");
  const daily = useQuery(
    trpc.reports.spend.queryOptions(questions.daily, {
      refetchInterval: 60_000,
      placeholderData: keepPreviousData,
    }),
  );
  const status = useQuery(trpc.onboarding.status.queryOptions());

  const dayOf = (iso: string) => localDay(new Date(iso), timeZone);
  const firstCallAt = status.data?.firstCallAt ?? null;
  const finalThrough = daily.data?.watermark.finalThrough;
  const spend =
    daily.data && status.data
      ? prepareDailySpend({
          rows: daily.data.rows,
          days: eachDay(questions.days),
          today: questions.today,
          firstDay: firstCallAt === null ? null : dayOf(firstCallAt),
          provisionalFrom: finalThrough === undefined ? questions.days.from : dayOf(finalThrough),
        })
      : undefined;

  return (
    <Card>
      <CardHeader title="Daily spend" hint={`${rangeLabels[range]}, days in ${timeZone}`}>
        <div className="order-last flex basis-full items-center gap-4 text-xs text-ink-muted sm:order-none sm:basis-auto">
          <Key className="size-2.5 rounded-[3px] bg-data">Final</Key>
          <Key className="size-2.5 rounded-[3px] bg-data-faint">Provisional</Key>
          <Key className="h-0.5 w-3.5 rounded-full bg-data-line">7-day average</Key>
        </div>
        <Segmented label="Show as" value={view} options={views} onChange={setView} />
      </CardHeader>
      {daily.isError ? (
        <Failure error={daily.error} onRetry={() => void daily.refetch()} />
      ) : spend === undefined ? (
        <Skeleton className="mx-4 mb-4 h-64 sm:mx-5" />
      ) : view === "chart" ? (
        <>
          <DailySpendChart spend={spend} className="h-64 pr-4 pb-3 pl-2 sm:pr-5 sm:pl-3" />
          <div className="sr-only">
            <DailySpendTable spend={spend} />
          </div>
        </>
      ) : (
        <div className="max-h-96 overflow-y-auto border-t">
          <DailySpendTable spend={spend} />
        </div>
      )}
    </Card>
  );
}
