"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant } from "@/app/_format/dates";
import { useTRPC } from "@/app/_trpc/client";
import { useMemberNames } from "../../_components/names";
import { useTenant } from "../../_components/tenant-context";
import { periodWords } from "../words";

/** Every version of a budget: what held from when to when, and who said so. */
export function HistoryCard({ id, period }: { id: string; period: "month" | "day" }) {
  const { timeZone } = useTenant();
  const names = useMemberNames();
  const history = useQuery(useTRPC().budgets.history.queryOptions({ id }));
  return (
    <Card>
      <CardHeader title={`History of the budget ${periodWords[period]}`} />
      {history.isError ? (
        <Failure error={history.error} onRetry={() => void history.refetch()} />
      ) : history.data === undefined ? (
        <SkeletonRows rows={2} />
      ) : (
        <ol className="divide-y border-t">
          {history.data.versions.map((version) => (
            <li
              key={version.version}
              className="flex flex-wrap items-baseline gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:px-5"
            >
              <Money usd={version.amountUsd} className="min-w-24 font-medium" />
              <span className="min-w-0 flex-1 basis-64 text-ink-muted">
                {formatInstant(version.validFrom, timeZone)} –{" "}
                {version.validTo === null ? "now" : formatInstant(version.validTo, timeZone)}
                {`, told at ${version.thresholds.map((per) => `${String(per)}%`).join(", ")}`}
                {version.note !== null && <span className="block">“{version.note}”</span>}
              </span>
              <span className="text-xs text-ink-muted">
                set by {names.get(version.createdBy) ?? "somebody who has left"}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
