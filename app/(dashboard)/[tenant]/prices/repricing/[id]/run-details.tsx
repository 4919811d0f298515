"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronLeft } from "lucide-react";
import { Link } from "@/app/_components/ui/link";
import type { ReactNode } from "react";
import { Failure } from "@/app/_components/failure";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatInstant } from "@/app/_format/dates";
import { plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../../../_components/page-header";
import { useTenant } from "../../../_components/tenant-context";
import { Delta } from "../delta";
import { RunProgress } from "../run-progress";
import { isMoving, RunState } from "../run-state";
import { scopeWords } from "../scope-words";
import { DeltaTable } from "./delta-table";
import { RunActions } from "./run-actions";

type Run = Outputs["repricing"]["show"];

function Figure({ label, children, note }: { label: string; children: ReactNode; note: string }) {
  return (
    <div className="min-w-0 px-4 py-3.5 sm:px-5">
      <p className="text-2xs font-medium text-ink-faint">{label}</p>
      <p className="figures mt-1 text-xl font-semibold tracking-tight">{children}</p>
      <p className="mt-0.5 text-xs text-ink-muted">{note}</p>
    </div>
  );
}

function Figures({ run }: { run: Run }) {
  const { open, closed } = run.state === "done" || run.state === "running" ? run.applied : run.preview;
  return (
    <div className="grid divide-y sm:grid-cols-3 sm:divide-x sm:divide-y-0">
      <Figure
        label="Difference in all"
        note={`${plural(run.callsChanged, "call")} of ${plural(run.progress.total ?? run.progress.seen, "call")}`}
      >
        <Delta usd={run.deltaUsd} />
      </Figure>
      <Figure label="Open months" note={`${plural(open.calls, "call")}, changed in place`}>
        <Delta usd={open.deltaUsd} />
      </Figure>
      <Figure label="Closed months" note={`${plural(closed.calls, "call")}, booked as corrections`}>
        <Delta usd={closed.deltaUsd} />
      </Figure>
    </div>
  );
}

function History({ run }: { run: Run }) {
  const { timeZone } = useTenant();
  const facts = [
    `Asked for by ${run.requestedByEmail ?? run.requestedBy}, ${formatInstant(run.requestedAt, timeZone)}`,
    `prices as known ${formatInstant(run.knownAt, timeZone)}`,
    run.approvedAt === null
      ? null
      : `approved by ${run.approvedByEmail ?? run.approvedBy ?? "the system"}, ${formatInstant(run.approvedAt, timeZone)}`,
    run.finishedAt === null ? null : `ended ${formatInstant(run.finishedAt, timeZone)}`,
  ].filter((fact) => fact !== null);
  return <p className="border-t px-4 py-3 text-xs text-ink-muted sm:px-5">{facts.join(" · ")}</p>;
}

export function RunDetails({ id, now }: { id: string; now: string }) {
  const { slug, timeZone } = useTenant();
  const query = useQuery(
    useTRPC().repricing.show.queryOptions(
      { id },
      { refetchInterval: ({ state }) => (state.data && isMoving(state.data) ? 1_000 : 10_000) },
    ),
  );
  if (query.isError) return <Failure error={query.error} onRetry={() => void query.refetch()} />;
  const run = query.data;
  if (!run) {
    return (
      <Card>
        <SkeletonRows rows={8} />
      </Card>
    );
  }
  const rows = run.state === "done" ? run.applied.rows : run.preview.rows;
  return (
    <>
      <p className="mb-2 text-xs text-ink-muted">
        <Link href={`/${slug}/prices/repricing`} className="inline-flex items-center gap-1 hover:underline">
          <ChevronLeft aria-hidden className="size-3.5" />
          Repricing
        </Link>
      </p>
      <PageHeader
        title={run.reason}
        aside={<RunState state={run.state} />}
        hint={scopeWords(run.scope, timeZone)}
      >
        <RunActions run={run} rows={rows} now={now} />
      </PageHeader>
      {run.failure !== null && (
        <Callout tone="bad" className="mb-4">
          {run.failure}
        </Callout>
      )}
      <div className="space-y-4">
        <Card>
          {isMoving(run) && (
            <div className="border-b px-4 pt-2 pb-4 sm:px-5">
              <RunProgress run={run} />
            </div>
          )}
          <Figures run={run} />
          <History run={run} />
        </Card>
        <Card>
          <CardHeader
            title={run.state === "done" ? "What changed" : "What would change"}
            hint="By month and feature."
          />
          {rows.length === 0 ? (
            <p className="border-t px-5 py-8 text-center text-sm text-ink-muted">
              {run.state === "previewing"
                ? "The first rows show as soon as they are worked out."
                : "Nothing: every call in this scope has the price that it would get."}
            </p>
          ) : (
            <DeltaTable rows={rows} />
          )}
        </Card>
      </div>
    </>
  );
}
