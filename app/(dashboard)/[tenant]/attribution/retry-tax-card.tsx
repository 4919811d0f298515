"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import type { ReactNode } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { shareOf, sumUsd, toGeometry } from "@/app/_format/money";
import { formatShare, plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import type { ReportScope } from "@/server/analytics/schemas";
import { useTenant } from "../_components/tenant-context";
import { Explain } from "../_explain/explain";
import { CsvButton } from "../_export/csv-button";
import { callsHref } from "../calls/search-params";
import { withOnly } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";

type RetryTax = Outputs["reports"]["retryTax"];

const shown = 5;

interface Line {
  key: string;
  name: string | null;
  calls: number;
  usd: string;
}

interface LinesProps {
  title: string;
  lines: Line[];
  without: string;
  /** The way to all of them as a file. */
  csv: ReactNode;
}

function Lines({ title, lines, without, csv }: LinesProps) {
  const top = lines.slice(0, shown);
  const rest = lines.slice(shown);
  const longest = top[0]?.usd ?? "0";
  return (
    <div className="min-w-0">
      <div className="mb-1 flex min-h-9 items-center justify-between gap-2">
        <h3 className="text-2xs font-medium text-ink-faint">{title}</h3>
        {csv}
      </div>
      <ul className="figures text-sm">
        {top.map((line) => (
          <li key={line.key} className="flex items-center gap-3 py-0.5">
            <div className="relative flex h-7 min-w-0 flex-1 items-center px-2">
              <div
                aria-hidden
                style={{ width: `${String(Math.max((shareOf(line.usd, longest) ?? 0) * 100, 0.6))}%` }}
                className="absolute inset-y-0.5 left-0 rounded-sm bg-data-soft"
              />
              <span
                title={`${line.name ?? without}: ${plural(line.calls, "attempt")}`}
                className={cn("relative truncate", line.name === null && "pr-1 text-ink-muted italic")}
              >
                {line.name ?? without}
              </span>
            </div>
            <Money usd={line.usd} className="font-medium" />
          </li>
        ))}
        {rest.length > 0 && (
          <li className="flex justify-between gap-3 py-1 pl-2 text-ink-muted">
            {plural(rest.length, "other")}
            <Money usd={sumUsd(rest.map(({ usd }) => usd))} />
          </li>
        )}
      </ul>
    </div>
  );
}

function Details({ tax, scope }: { tax: RetryTax; scope: ReportScope }) {
  const { total, byFeature, byErrorClass, billedFailed } = tax;
  const features = byFeature
    .map(({ feature, retryCalls, retryCostUsd }) => ({
      key: feature ?? "\u0000",
      name: feature,
      calls: retryCalls,
      usd: retryCostUsd,
    }))
    .sort((one, other) => toGeometry(other.usd) - toGeometry(one.usd));
  const classes = byErrorClass.map(({ errorClass, calls, costUsd }) => ({
    key: errorClass ?? "\u0000",
    name: errorClass,
    calls,
    usd: costUsd,
  }));
  const failedCalls = billedFailed.reduce((sum, { calls }) => sum + calls, 0);
  const unknownCalls = billedFailed.reduce((sum, { unknownCalls: calls }) => sum + calls, 0);
  return (
    <>
      <div className="px-4 pb-4 sm:px-5">
        <p className="figures text-3xl font-semibold tracking-tight">
          <Explain figure="retryCostUsd" scope={scope}>
            <Money usd={total.retryCostUsd} />
          </Explain>
        </p>
        <p className="mt-1 text-sm text-ink-muted">
          of <Money usd={total.costUsd} />
          {total.retryShare !== null && `, ${formatShare(toGeometry(total.retryShare))} of the cost`}, went
          into {plural(total.retryCalls, "attempt")} beyond the first.
        </p>
      </div>
      <div className="grid gap-x-6 gap-y-4 border-t px-4 py-3 sm:grid-cols-2 sm:px-5">
        <Lines
          title="By feature"
          lines={features}
          without="unattributed"
          csv={<CsvButton table="retries" input={{ ...scope, by: "feature" }} of="retries by feature" />}
        />
        <Lines
          title="By what had failed before"
          lines={classes}
          without="not reported to us"
          csv={<CsvButton table="retries" input={{ ...scope, by: "cause" }} of="retries by cause" />}
        />
      </div>
      {failedCalls > 0 && (
        <p className="border-t px-4 py-3 text-xs text-ink-muted sm:px-5">
          {plural(failedCalls, "failed attempt")} cost{" "}
          <Money usd={sumUsd(billedFailed.map(({ costUsd }) => costUsd))} className="text-ink" /> all the same
          {unknownCalls > 0 &&
            `; of ${plural(unknownCalls, "attempt")} it is not known whether the provider bills them`}
          .
        </p>
      )}
    </>
  );
}

/** What attempts beyond the first cost, and what made them necessary. */
export function RetryTaxCard({
  question,
}: {
  question: Pick<ReportScope, "from" | "to"> & Partial<ReportScope>;
}) {
  const { slug } = useTenant();
  const { scope, params } = useScope();
  const answer = useQuery(
    useTRPC().reports.retryTax.queryOptions(question, {
      refetchInterval: 60_000,
      placeholderData: keepPreviousData,
    }),
  );
  return (
    <Card className={cn(answer.isPlaceholderData && "opacity-60")}>
      <CardHeader title="Retry tax" hint="What it cost to ask again.">
        {(answer.data?.total.retryCalls ?? 0) > 0 && (
          <ButtonLink
            size="sm"
            href={callsHref(slug, {
              ...params,
              parts: withOnly(scope.parts, "attempt", "retry"),
              order: "dearest",
            })}
          >
            See the retries
          </ButtonLink>
        )}
      </CardHeader>
      {answer.isError ? (
        <Failure error={answer.error} onRetry={() => void answer.refetch()} className="py-6" />
      ) : answer.data === undefined ? (
        <SkeletonRows rows={8} />
      ) : answer.data.total.retryCalls === 0 ? (
        <EmptyState icon={RotateCcw} title="No retries in this range" className="py-8">
          Send each attempt as a call of its own, with <code className="font-mono">attempt</code> and{" "}
          <code className="font-mono">rootRequestId</code>, and this card tells what they cost.
        </EmptyState>
      ) : (
        <Details tax={answer.data} scope={{ filter: {}, ...question }} />
      )}
    </Card>
  );
}
