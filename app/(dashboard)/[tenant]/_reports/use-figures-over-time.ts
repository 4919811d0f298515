"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useScope } from "../_scope/use-scope";
import { figuresOverTime, overTimeQuestions } from "./figures-over-time";

// Answers of two questions are joined, so an old one must not stand in for one that is on its way.
const fresh = { refetchInterval: 60_000 } as const;

/** Every figure of each bucket of the scope, and of the stretch compared with. */
export function useFiguresOverTime() {
  const trpc = useTRPC();
  const { scope } = useScope();
  const questions = overTimeQuestions(scope);
  const trend = useQuery(trpc.reports.trend.queryOptions(questions.trend, fresh));
  const spend = useQuery(trpc.reports.spend.queryOptions(questions.spend, fresh));
  const before = useQuery(
    trpc.reports.spend.queryOptions(questions.before ?? questions.spend, {
      ...fresh,
      enabled: questions.before !== null,
    }),
  );
  const failed = [trend, spend, before].find(({ isError }) => isError);
  const isWaiting = !trend.data || !spend.data || (questions.before !== null && !before.data);
  const previous = trend.data?.previous;
  return {
    question: questions.spend,
    failure: failed?.error ? { error: failed.error, onRetry: () => void failed.refetch() } : null,
    /** Undefined: still loading. */
    data: isWaiting
      ? undefined
      : {
          buckets: trend.data.buckets,
          points: figuresOverTime(
            { buckets: trend.data.buckets, points: trend.data.series[0]?.points ?? [] },
            spend.data.rows,
          ),
          previous: previous
            ? { buckets: previous.buckets, points: figuresOverTime(previous, before.data?.rows ?? []) }
            : null,
          finalThrough: spend.data.watermark.finalThrough,
        },
  };
}
