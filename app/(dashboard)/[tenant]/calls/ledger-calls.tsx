"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { CircleCheck, ReceiptText, SearchX } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { Failure } from "@/app/_components/failure";
import { Button, ButtonLink } from "@/app/_components/ui/button";
import { Card } from "@/app/_components/ui/card";
import { cn } from "@/app/_components/ui/class-names";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { SkeletonRows } from "@/app/_components/ui/skeleton";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { pages } from "@/app/_trpc/pages";
import { useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { ScopeBar } from "../_scope/scope-bar";
import { useScope } from "../_scope/use-scope";
import { CallDrawer } from "./call-drawer";
import { CallsTable } from "./calls-table";
import { LedgerTotal } from "./ledger-total";
import { callsQuestion, lateQuestion, type Order } from "./search-params";

interface LedgerCallsProps {
  order: Order;
  /** Those alone that came in after the figures of their hour were final. */
  late: boolean;
}

export function LedgerCalls({ order, late }: LedgerCallsProps) {
  const tenant = useTenant();
  const { scope, params, now, set } = useScope();
  const [callId, setCallId] = useQueryState("call", parseAsString.withOptions({ history: "push" }));
  const trpc = useTRPC();
  const client = useTRPCClient();
  const question = late ? lateQuestion(scope, tenant.latencyBufferMinutes) : callsQuestion(scope, order);
  const calls = useInfiniteQuery({
    ...pages(trpc.calls.list.queryKey(question), (cursor) =>
      client.calls.list.query({ ...question, cursor }),
    ),
    placeholderData: keepPreviousData,
  });
  const rows = calls.data?.pages.flatMap((page) => page.calls);
  const isNarrowed = scope.parts.length > 0 || params.range !== null || params.from !== null;

  return (
    <>
      <ScopeBar>
        <CsvButton table="calls" input={question} of="calls" />
      </ScopeBar>
      {!late && <LedgerTotal />}
      <Card className={cn("overflow-hidden", calls.isPlaceholderData && "opacity-60 transition-opacity")}>
        {calls.isError ? (
          <Failure error={calls.error} onRetry={() => void calls.refetch()} />
        ) : rows === undefined ? (
          <SkeletonRows rows={12} />
        ) : rows.length > 0 ? (
          <CallsTable rows={rows} now={now} late={late} onOpen={(id) => void setCallId(id)} />
        ) : late ? (
          <EmptyState icon={CircleCheck} title="No call came late">
            All calls of this range that match were in before the figures of their hour were final.
          </EmptyState>
        ) : isNarrowed ? (
          <EmptyState
            icon={SearchX}
            title="No call matches"
            action={
              <>
                {scope.parts.length > 0 && <Button onClick={() => set({ f: [] })}>Clear the filters</Button>}
                {scope.choice !== "all" && (
                  <Button onClick={() => set({ range: "all", from: null, to: null })}>
                    Look at any time
                  </Button>
                )}
              </>
            }
          >
            Filters of different kinds must all match; values of one kind are alternatives.
          </EmptyState>
        ) : (
          <EmptyState
            icon={ReceiptText}
            title="No calls yet"
            action={
              <>
                <ButtonLink variant="primary" href={`/${tenant.slug}/get-started`}>
                  Send the first call
                </ButtonLink>
                <ButtonLink href={`/${tenant.slug}/imports`}>Import a CSV</ButtonLink>
              </>
            }
          >
            Each call that your app reports appears here at once.
          </EmptyState>
        )}
      </Card>
      {rows !== undefined && rows.length > 0 && (
        <div className="mt-4 flex items-center justify-center gap-3 text-xs text-ink-muted">
          <span className="figures">{formatCount(rows.length)} shown</span>
          {calls.hasNextPage && (
            <Button size="sm" disabled={calls.isFetchingNextPage} onClick={() => void calls.fetchNextPage()}>
              {calls.isFetchingNextPage ? "Loading …" : "Load more"}
            </Button>
          )}
        </div>
      )}
      <CallDrawer id={callId} onClose={() => void setCallId(null)} />
    </>
  );
}
