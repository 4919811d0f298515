"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Tags } from "lucide-react";
import { prepareTopList } from "@/app/_components/charts/prepare-top-list";
import { TopListTable } from "@/app/_components/charts/top-list";
import { Failure } from "@/app/_components/failure";
import { Badge } from "@/app/_components/ui/badge";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatShare } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { callsHref } from "../calls/search-params";
import { useTenant } from "../_components/tenant-context";
import { type Breakdown, type overviewQuestions, topRows } from "./questions";

interface BreakdownCardProps {
  breakdown: Breakdown;
  question: ReturnType<ReturnType<typeof overviewQuestions>["breakdown"]>;
}

/** More than this without a tag makes a breakdown doubtful. */
const doubtfulShare = 0.05;

export function BreakdownCard({ breakdown, question }: BreakdownCardProps) {
  const { slug } = useTenant();
  const answer = useQuery(
    useTRPC().reports.spend.queryOptions(question, {
      refetchInterval: 60_000,
      placeholderData: keepPreviousData,
    }),
  );
  const list = answer.data && prepareTopList(answer.data.rows, answer.data.total, topRows);
  const hrefOf = (key: string | null) =>
    callsHref(slug, {
      parts: [{ tag: breakdown.groupBy, operator: "is", value: key }],
      from: question.from,
      to: question.to,
      order: "dearest",
    });
  return (
    <Card className={cn(answer.isPlaceholderData && "opacity-60 transition-opacity")}>
      <CardHeader title={breakdown.title} className="pb-2">
        {list && list.unattributedShare !== null && list.unattributedShare > 0 && (
          <Badge
            tone={
              breakdown.without === "Unattributed" && list.unattributedShare > doubtfulShare
                ? "warn"
                : "neutral"
            }
            className="figures"
          >
            {formatShare(list.unattributedShare)} {breakdown.without.toLowerCase()}
          </Badge>
        )}
      </CardHeader>
      {answer.isError ? (
        <Failure error={answer.error} onRetry={() => void answer.refetch()} className="py-6" />
      ) : list === undefined ? (
        <SkeletonRows rows={topRows} />
      ) : list.rows.length === 0 ? (
        <EmptyState icon={Tags} title="No calls in this range" className="py-8">
          Choose a longer range, or send calls with a {breakdown.noun.toLowerCase()}.
        </EmptyState>
      ) : (
        <div className="pb-3">
          <TopListTable list={list} noun={breakdown.noun} without={breakdown.without} hrefOf={hrefOf} />
        </div>
      )}
    </Card>
  );
}
