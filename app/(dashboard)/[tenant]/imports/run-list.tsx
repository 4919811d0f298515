"use client";

import { useQuery } from "@tanstack/react-query";
import { FileClock } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { Failure } from "@/app/_components/failure";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import { RunBadge } from "./run-badge";
import { RunProgress } from "./run-progress";

export function RunList() {
  const { slug, timeZone } = useTenant();
  const runs = useQuery(
    useTRPC().imports.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some((run) => run.state === "running") ? 2_000 : 5_000),
    }),
  );
  return (
    <Card>
      <CardHeader title="Past imports" />
      {runs.isError ? (
        <Failure error={runs.error} onRetry={() => void runs.refetch()} />
      ) : runs.data === undefined ? (
        <SkeletonRows rows={3} />
      ) : runs.data.length === 0 ? (
        <EmptyState icon={FileClock} title="None yet" className="py-8">
          Each import stays listed here, with every row that it did not take.
        </EmptyState>
      ) : (
        <ul className="divide-y border-t">
          {runs.data.map((run) => (
            <li key={run.id}>
              <Link
                href={`/${slug}/imports/${run.id}`}
                className="flex flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 text-sm hover:bg-sunken/70 sm:px-5"
              >
                <span className="min-w-0 flex-1 basis-40">
                  <span className="block truncate font-medium">{run.fileName}</span>
                  <span className="block text-xs text-ink-muted">
                    {formatInstant(run.startedAt, timeZone)}
                  </span>
                </span>
                <span className="figures text-xs text-ink-muted">
                  {formatCount(run.accepted)} added · {formatCount(run.duplicates)} known ·{" "}
                  {formatCount(run.rejected)} rejected
                </span>
                <RunBadge state={run.state} />
                {run.state === "running" && (
                  <div className="basis-full">
                    <RunProgress run={run} />
                  </div>
                )}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
