"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Scissors } from "lucide-react";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Button, ButtonLink } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { formatDayLong } from "@/app/_format/dates";
import { errorSentence } from "@/app/_format/errors";
import { formatTotalChange } from "@/app/_format/money";
import { useTRPC } from "@/app/_trpc/client";
import { addMonths } from "@/server/calendar/month";
import { PageHeader } from "../_components/page-header";
import { useRight, useTenant } from "../_components/tenant-context";
import { nameColumn, reviewColumns } from "./review-columns";
import { killReviewHref, monthName } from "./words";

function MakeNow({ month }: { month: string }) {
  const { slug } = useTenant();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const make = useMutation(
    trpc.killReview.make.mutationOptions({
      onSuccess: (made) => {
        toast.success(
          made.destinations > 0
            ? "The review was made, and sent to where alerts go."
            : "The review was made.",
        );
        router.push(killReviewHref(slug, made.month));
      },
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.killReview.pathFilter()),
    }),
  );
  return (
    <Button disabled={make.isPending} onClick={() => make.mutate()}>
      {make.isPending ? "Taking the figures …" : `Make the review of ${monthName(month)} now`}
    </Button>
  );
}

export function KillReviews() {
  const { slug, timeZone } = useTenant();
  const list = useQuery(useTRPC().killReview.list.queryOptions());
  const mayMake = useRight("reviews:manage");
  const { data } = list;
  const isMissing = data?.reviews.every(({ month }) => month !== data.lastMonth) ?? false;
  const makeNow = data && mayMake && isMissing && <MakeNow month={data.lastMonth} />;
  const preview = <ButtonLink href={`/${slug}/kill-review/preview`}>Preview this month</ButtonLink>;
  const next = data && formatDayLong(addMonths(data.thisMonth, 1));
  return (
    <>
      <PageHeader
        title="Kill review"
        hint={`Once a month is over (${timeZone}), the least used features are named with all that they cost: kill, throttle, merge or keep. What was decided is measured against the forecast without it.`}
      >
        {data !== undefined && data.reviews.length > 0 && preview}
        {data !== undefined && data.reviews.length > 0 && makeNow}
      </PageHeader>
      <div className="space-y-5">
        {data?.saved && (
          <Card className="px-4 py-4 sm:px-5">
            <h2 className="text-sm font-medium text-ink-muted">
              Saved since {formatDayLong(data.saved.since)}
            </h2>
            <p className="figures mt-1 text-[1.75rem]/9 font-semibold tracking-tight">
              {formatTotalChange(data.saved.measuredUsd)}
            </p>
            <p className="mt-1 text-xs text-ink-muted">
              Forecast without the decisions, less what was spent. {formatTotalChange(data.saved.visibleUsd)}{" "}
              of it lies beyond the scatter of the forecasts.
            </p>
          </Card>
        )}
        <Card>
          <CardHeader
            title="Months so far"
            hint="Their figures stay as they were taken, whatever comes later."
          />
          {list.isError ? (
            <Failure error={list.error} onRetry={() => void list.refetch()} />
          ) : (
            <ReportTable
              caption="Kill reviews, the newest first"
              rows={data?.reviews}
              keyOf={({ month }) => month}
              name={nameColumn(slug)}
              columns={reviewColumns}
              empty={
                <EmptyState
                  icon={Scissors}
                  title="No review yet"
                  action={
                    <>
                      {preview}
                      {makeNow}
                    </>
                  }
                >
                  The next one is made on {next}: the least used quarter of your features, each with its cost,
                  users, conversions and trend, and what speaks for killing, throttling, merging or keeping
                  it.
                </EmptyState>
              }
            />
          )}
        </Card>
      </div>
    </>
  );
}
