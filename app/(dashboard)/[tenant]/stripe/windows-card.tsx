"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Hourglass, SearchX } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatCount } from "@/app/_format/quantities";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { pages } from "@/app/_trpc/pages";
import { useTenant } from "../_components/tenant-context";
import { CsvButton } from "../_export/csv-button";
import { windowsQuestion } from "./search-params";
import { useOpenWindow, useStripeParams } from "./use-stripe";
import { windowColumns, windowName } from "./window-columns";
import type { Shown } from "./words";

/** Every hour of every account by each meter; a press on one tells why it is as it is. */
export function WindowsCard({ shown, now }: { shown: Shown; now: Date }) {
  const { timeZone } = useTenant();
  const [params, set] = useStripeParams();
  const [, open] = useOpenWindow();
  const trpc = useTRPC();
  const client = useTRPCClient();
  const question = windowsQuestion(params);
  const list = useInfiniteQuery({
    ...pages(trpc.billing.windows.queryKey(question), (cursor) =>
      client.billing.windows.query({ ...question, ...(cursor !== undefined && { cursor }) }),
    ),
    placeholderData: keepPreviousData,
  });
  const rows = list.data?.pages.flatMap((page) => page.rows);
  const isNarrowed = Object.keys(question).length > 0;
  return (
    <Card>
      <CardHeader
        title="Hours of accounts"
        hint="An hour leaves once its figures are final. What changes in it later follows as a signed correction."
      >
        <CsvButton table="billingWindows" input={question} of="hours of accounts" />
      </CardHeader>
      {list.isError ? (
        <Failure error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <ReportTable
          caption="Hours of accounts, the newest first"
          rows={rows}
          keyOf={({ id }) => id}
          name={windowName((id) => void open(id))}
          columns={windowColumns({ meters: shown.meters, timeZone, now })}
          isStale={list.isPlaceholderData}
          empty={
            isNarrowed ? (
              <EmptyState
                icon={SearchX}
                title="No hour matches"
                action={
                  <Button onClick={() => void set({ month: null, account: null, meter: null, state: null })}>
                    Clear the filters
                  </Button>
                }
              >
                All that is chosen above must hold at once.
              </EmptyState>
            ) : (
              <EmptyState icon={Hourglass} title="Nothing has been sent yet">
                Each finished hour of a mapped account appears here, once a meter has begun.
              </EmptyState>
            )
          }
        />
      )}
      {rows !== undefined && rows.length > 0 && (
        <div className="flex items-center justify-between gap-3 border-t px-4 py-2.5 text-xs text-ink-muted sm:px-5">
          <span className="figures" aria-live="polite">
            {list.hasNextPage ? `The newest ${formatCount(rows.length)}` : `${formatCount(rows.length)} in all`}
          </span>
          {list.hasNextPage && (
            <Button size="sm" disabled={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {list.isFetchingNextPage ? "Loading …" : "Older hours"}
            </Button>
          )}
        </div>
      )}
    </Card>
  );
} // prettier-ignore
