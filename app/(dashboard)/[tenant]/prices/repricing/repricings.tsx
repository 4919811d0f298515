"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft, History, Plus } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatAgo } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../../_components/page-header";
import { useRight, useTenant } from "../../_components/tenant-context";
import { useNow } from "../../_components/use-now";
import type { PriceChange } from "../price-change";
import { Delta } from "./delta";
import { NewPreview } from "./new-preview";
import { RunProgress } from "./run-progress";
import { isMoving, type Run, RunState } from "./run-state";
import { scopeWords } from "./scope-words";

function RunLink({ run, now }: { run: Run; now: Date }) {
  const { slug, timeZone } = useTenant();
  return (
    <Link
      href={`/${slug}/prices/repricing/${run.id}`}
      className="block px-4 py-3 text-sm hover:bg-sunken/60 sm:px-5"
    >
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
        <div className="min-w-0 flex-1 basis-64">
          <p className="truncate font-medium">{run.reason}</p>
          <p className="text-xs text-ink-muted">
            {scopeWords(run.scope, timeZone)} · {run.requestedByEmail ?? run.requestedBy},{" "}
            {formatAgo(run.requestedAt, now, timeZone)}
          </p>
        </div>
        <div className="figures text-right">
          {run.state !== "previewing" && (
            <>
              <Delta usd={run.deltaUsd} />
              <p className="text-xs text-ink-muted">{plural(run.callsChanged, "call")}</p>
            </>
          )}
        </div>
        <RunState state={run.state} />
      </div>
      <RunProgress run={run} />
    </Link>
  );
}

export function Repricings({ now: nowText, asked }: { now: string; asked: PriceChange | null }) {
  const { slug } = useTenant();
  const now = useNow(nowText);
  const mayAsk = useRight("prices:write");
  const [isOpen, setIsOpen] = useState(asked !== null && mayAsk);
  const runs = useQuery(
    useTRPC().repricing.list.queryOptions(undefined, {
      refetchInterval: ({ state }) => (state.data?.some(isMoving) ? 1_000 : 10_000),
    }),
  );
  return (
    <>
      <p className="mb-2 text-xs text-ink-muted">
        <Link href={`/${slug}/prices`} className="inline-flex items-center gap-1 hover:underline">
          <ChevronLeft aria-hidden className="size-3.5" />
          Prices
        </Link>
      </p>
      <PageHeader
        title="Repricing"
        hint="Prices that came late, or were wrong, change nothing by themselves. See what they would change, then have it applied; closed months get a dated correction instead."
      >
        {mayAsk && (
          <Button variant="primary" onClick={() => setIsOpen(true)}>
            <Plus />
            New preview
          </Button>
        )}
      </PageHeader>
      <Card>
        {runs.isError ? (
          <Failure error={runs.error} onRetry={() => void runs.refetch()} />
        ) : runs.data === undefined ? (
          <SkeletonRows rows={4} />
        ) : runs.data.length === 0 ? (
          <EmptyState icon={History} title="Nothing was priced anew yet">
            After a change of prices, a preview tells by month and feature what calls already in the ledger
            would cost.
          </EmptyState>
        ) : (
          <ul className="divide-y">
            {runs.data.map((run) => (
              <li key={run.id}>
                <RunLink run={run} now={now} />
              </li>
            ))}
          </ul>
        )}
      </Card>
      <NewPreview open={isOpen} onClose={() => setIsOpen(false)} now={now} asked={asked} />
    </>
  );
}
