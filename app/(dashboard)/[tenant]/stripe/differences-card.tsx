"use client";

import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatAgo } from "@/app/_format/dates";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { pages } from "@/app/_trpc/pages";
import { useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { DifferenceRow } from "./difference-row";
import { differencesQuestion, scopeOf } from "./search-params";
import { useStripeParams } from "./use-stripe";
import { classWords, type Shown } from "./words";

/** How many of each class are open; a press on one shows it alone. */
function ClassFilter() {
  const [params, set] = useStripeParams();
  const sums = useQuery(
    useTRPC().billing.sums.queryOptions(scopeOf(params), { placeholderData: keepPreviousData }),
  );
  const counts = sums.data?.differences ?? [];
  if (counts.length < 2 && params.class === null) return null;
  return (
    <div role="group" aria-label="Differences by class" className="flex flex-wrap gap-1.5 px-4 pb-3 sm:px-5">
      {counts.map(({ class: name, count }) => (
        <button
          key={name}
          type="button"
          aria-pressed={params.class === name}
          title={classWords[name].about}
          onClick={() => void set({ class: params.class === name ? null : name })}
          className={cn(
            "rounded-full border px-2.5 py-0.5 text-xs text-ink-muted hover:text-ink",
            params.class === name && "border-accent-line bg-accent-soft text-accent",
          )}
        >
          {formatCount(count)} {classWords[name].label}
        </button>
      ))}
      {params.class !== null && (
        <Button size="sm" variant="ghost" onClick={() => void set({ class: null })}>
          All classes
        </Button>
      )}
    </div>
  );
}

/** Where ledger, outbox and Stripe say different things, with what is known about why. */
export function DifferencesCard({ shown, now }: { shown: Shown; now: Date }) {
  const { timeZone } = useTenant();
  const [params] = useStripeParams();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const question = differencesQuestion(params);
  const list = useInfiniteQuery({
    ...pages(trpc.billing.differences.queryKey(question), (cursor) =>
      client.billing.differences.query({ ...question, ...(cursor !== undefined && { cursor }) }),
    ),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const { comparedAt } = shown.connection;
  return (
    <Card className={cn(list.isPlaceholderData && "opacity-60 transition-opacity")}>
      <CardHeader
        title="Differences"
        hint="Ledger, outbox, Stripe’s sums and its invoices, held against each other every six hours. Days are UTC’s, as Stripe cuts them."
      >
        <CsvButton table="billingDifferences" input={question} of="differences" />
      </CardHeader>
      <ClassFilter />
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : rows === undefined ? (
        <SkeletonRows rows={2} />
      ) : rows.length > 0 ? (
        <ul className="divide-y border-t">
          {rows.map((row) => (
            <DifferenceRow
              key={row.id}
              difference={row}
              meter={shown.meters.find(({ id }) => id === row.meterId)}
              now={now}
            />
          ))}
        </ul>
      ) : comparedAt === null ? (
        <EmptyState icon={CircleCheck} title="Nothing was compared yet" className="py-8">
          The next run compares, hour by hour, what was sent with what Stripe counts.
        </EmptyState>
      ) : (
        <EmptyState icon={CircleCheck} title="No open difference" className="py-8">
          What Stripe counts is what was sent, as of {formatAgo(comparedAt, now, timeZone)}. What was sent in
          the last six hours may not be in its sums yet.
        </EmptyState>
      )}
      {list.hasNextPage && (
        <div className="border-t p-3 text-center">
          <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            Older differences
          </Button>
        </div>
      )}
    </Card>
  );
}
