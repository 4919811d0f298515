"use client";

import { useQuery } from "@tanstack/react-query";
import { History } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { useTRPC } from "@/app/_trpc/client";
import type { Rule } from "./rules";
import { RunRow } from "./run-row";

/** Rules that were applied to the past or taken back. */
export function Runs({ rules, now }: { rules: readonly Rule[]; now: Date }) {
  const runs = useQuery(
    useTRPC().attribution.runs.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some((run) => run.state === "running") ? 1_000 : 15_000),
    }),
  );
  const isBusy = runs.data?.some(({ state }) => state === "running") ?? false;
  const takenBack = new Set(
    runs.data?.flatMap(({ reverts, state }) => (reverts !== null && state !== "failed" ? [reverts] : [])),
  );
  return (
    <Card>
      <CardHeader title="Runs" hint="Rules that were applied to the past, and taken back." />
      {runs.isError ? (
        <Failure error={runs.error} onRetry={() => void runs.refetch()} />
      ) : runs.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : runs.data.length === 0 ? (
        <EmptyState icon={History} title="Nothing was applied to the past yet" className="py-8">
          A saved rule holds for new calls. “Apply to the past” lets it speak of older ones, and every run can
          be taken back.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {runs.data.map((run) => (
            <RunRow
              key={run.id}
              run={run}
              name={rules.find(({ id }) => id === run.ruleId)?.name ?? "a rule"}
              mayRevert={run.kind === "apply" && !isBusy && !takenBack.has(run.id)}
              isTakenBack={takenBack.has(run.id)}
              now={now}
            />
          ))}
        </ul>
      )}
    </Card>
  );
}
