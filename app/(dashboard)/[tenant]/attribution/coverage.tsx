"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useQueryState } from "nuqs";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { ScopeBar } from "../_scope/scope-bar";
import { useScope } from "../_scope/use-scope";
import { FoldedCard } from "./folded-card";
import { OriginsCard } from "./origins-card";
import { coverageQuestions } from "./questions";
import { RetryTaxCard } from "./retry-tax-card";
import { ScoreCard } from "./score-card";
import { coverageParams } from "./search-params";

export function Coverage() {
  const { scope } = useScope();
  const trpc = useTRPC();
  const [tag, setTag] = useQueryState("tag", coverageParams.tag);
  const questions = coverageQuestions(scope, tag);
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
      <ScopeBar>
        {data && <Badge dot>Final through {formatInstant(data.finalThrough, scope.timeZone)}</Badge>}
      </ScopeBar>
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
              onTag={(value) => void setTag(value)}
              isStale={coverage.isPlaceholderData}
            />
            <FoldedCard folded={data.folded} />
          </>
        )}
      </div>
    </>
  );
}
