"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryStates } from "nuqs";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { Segmented } from "@/app/_components/ui/segmented";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { useNow } from "../_components/use-now";
import { rangeLabels, rangeOptions } from "../_ranges/range";
import { FoldedCard } from "./folded-card";
import { OriginsCard } from "./origins-card";
import { coverageQuestions } from "./questions";
import { RetryTaxCard } from "./retry-tax-card";
import { ScoreCard } from "./score-card";
import { coverageParams } from "./search-params";

export function Coverage({ now: initialNow }: { now: string }) {
  const { timeZone } = useTenant();
  const trpc = useTRPC();
  const now = useNow(initialNow);
  const [{ range, tag }, setParams] = useQueryStates(coverageParams);
  const questions = coverageQuestions(range, tag, now, timeZone);
  const coverage = useQuery(
    trpc.reports.coverage.queryOptions(questions.coverage, {
      // A rule that has just been applied shows when one comes back from Rules.
      staleTime: 5_000,
      refetchInterval: 60_000,
      placeholderData: keepPreviousData,
    }),
  );
  const { data } = coverage;
  return (
    <>
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <span className="flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-muted">
          {data && <Badge dot>Final through {formatInstant(data.finalThrough, timeZone)}</Badge>}
          {rangeLabels[range]}, days in {timeZone}
        </span>
        <Segmented
          label="Range"
          value={range}
          options={rangeOptions}
          onChange={(value) => void setParams({ range: value })}
        />
      </div>
      <div className="space-y-4">
        <div className="grid gap-4 xl:grid-cols-2">
          {coverage.isError ? (
            <Card>
              <Failure error={coverage.error} onRetry={() => void coverage.refetch()} />
            </Card>
          ) : data === undefined ? (
            <Card>
              <SkeletonRows rows={8} />
            </Card>
          ) : (
            <ScoreCard coverage={data} className={cn(coverage.isPlaceholderData && "opacity-60")} />
          )}
          <RetryTaxCard question={questions.retryTax} />
        </div>
        {data && (
          <>
            <OriginsCard
              coverage={data}
              days={questions.days}
              tag={tag}
              onTag={(value) => void setParams({ tag: value })}
              isStale={coverage.isPlaceholderData}
            />
            <FoldedCard folded={data.folded} />
          </>
        )}
      </div>
    </>
  );
}
