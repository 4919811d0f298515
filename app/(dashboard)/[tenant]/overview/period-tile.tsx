"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure } from "@/app/_components/failure";
import { Money } from "@/app/_components/money";
import { Badge } from "@/app/_components/ui/badge";
import { Card } from "@/app/_components/ui/card";
import { Skeleton } from "@/app/_components/ui/skeleton";
import { formatDay, formatInstant } from "@/app/_format/dates";
import { changeOf, formatExact, formatTotal, meanUsd } from "@/app/_format/money";
import { formatChange, formatCompact, formatCount, plural } from "@/app/_format/quantities";
import { useTRPC } from "@/app/_trpc/client";
import { useTenant } from "../_components/tenant-context";
import type { overviewQuestions } from "./questions";

type Period = ReturnType<typeof overviewQuestions>["periods"][number];

function Change({ current, previous, until }: { current: string; previous: string; until: string }) {
  const { timeZone } = useTenant();
  const change = changeOf(current, previous);
  if (change === null)
    return <span className="text-xs text-ink-faint">nothing spent in the period before</span>;
  const title = `${formatExact(previous)} USD in the period before, up to ${formatInstant(until, timeZone)} (the same time of day)`;
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-ink-muted" title={title}>
      <Badge
        tone={change > 0.3 ? "bad" : change > 0.0005 ? "warn" : change < -0.0005 ? "good" : "neutral"}
        className="figures"
      >
        {formatChange(change)}
      </Badge>
      <span className="figures">vs {formatTotal(previous)} before</span>
    </span>
  );
}

function Fact({ label, title, children }: { label: string; title?: string; children: ReactNode }) {
  return (
    <div title={title}>
      <dt className="text-2xs text-ink-faint">{label}</dt>
      <dd className="figures mt-0.5 text-sm whitespace-nowrap text-ink">{children}</dd>
    </div>
  );
}

export function PeriodTile({ count, current, previous }: Period) {
  const trpc = useTRPC();
  const live = { refetchInterval: 60_000, placeholderData: keepPreviousData } as const;
  const now = useQuery(trpc.reports.spend.queryOptions(current, live));
  const before = useQuery(trpc.reports.spend.queryOptions(previous, live));
  if (now.isError) {
    return (
      <Card>
        <Failure error={now.error} onRetry={() => void now.refetch()} className="py-6" />
      </Card>
    );
  }
  const total = now.data?.total;
  const mean = total && meanUsd(total.costUsd, total.calls - total.unpricedCalls);
  return (
    <Card className="px-4 pt-3.5 pb-4 sm:px-5">
      <div className="flex items-baseline justify-between gap-3">
        <h2 className="text-sm font-medium text-ink-muted">Last {count} days</h2>
        <span className="text-2xs text-ink-faint">from {formatDay(current.from)}, today so far included</span>
      </div>
      <div className="mt-1.5 flex flex-wrap items-baseline gap-x-3 gap-y-1">
        {total ? (
          <Money usd={total.costUsd} className="text-[1.75rem]/9 font-semibold tracking-tight" />
        ) : (
          <Skeleton className="h-9 w-40" />
        )}
        {total && before.data && (
          <Change current={total.costUsd} previous={before.data.total.costUsd} until={previous.to} />
        )}
      </div>
      <p className="mt-0.5 min-h-4.5 text-xs text-warn">
        {total &&
          total.unpricedCalls > 0 &&
          `+ ${plural(total.unpricedCalls, "call")} unpriced (${formatCompact(total.unpricedTokens)} tokens)`}
      </p>
      <dl className="mt-2 grid grid-cols-[auto_auto_auto] justify-between gap-3 border-t pt-3 sm:grid-cols-3 sm:justify-normal">
        {total ? (
          <>
            <Fact label="Calls" title={`${formatCount(total.calls)} calls`}>
              {formatCompact(total.calls)}
            </Fact>
            <Fact
              label="Tokens in / out"
              title={`${formatCount(total.inputTokens)} in, ${formatCount(total.outputTokens)} out`}
            >
              {formatCompact(total.inputTokens)} / {formatCompact(total.outputTokens)}
            </Fact>
            <Fact label="Per priced call">
              {mean === null || mean === undefined ? "–" : <Money usd={mean} unit />}
            </Fact>
          </>
        ) : (
          <Skeleton className="col-span-3 h-9" />
        )}
      </dl>
    </Card>
  );
}
