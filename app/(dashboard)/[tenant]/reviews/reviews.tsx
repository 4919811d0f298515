"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ClipboardCheck } from "lucide-react";
import { useRouter } from "next/navigation";
import { toast } from "sonner";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Button } from "@/app/_components/ui/button";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { errorSentence } from "@/app/_format/errors";
import { useTRPC } from "@/app/_trpc/client";
import { useMemberNames } from "../_components/names";
import { PageHeader } from "../_components/page-header";
import { useRight, useTenant } from "../_components/tenant-context";
import { OwnerCard } from "./owner-card";
import { nameColumn, reviewColumns } from "./review-columns";
import { reviewHref } from "./words";

function MakeNow() {
  const { slug } = useTenant();
  const trpc = useTRPC();
  const router = useRouter();
  const queries = useQueryClient();
  const make = useMutation(
    trpc.reviews.make.mutationOptions({
      onSuccess: ({ week, destinations }) => {
        toast.success(
          destinations > 0 ? "The review was made, and sent to where alerts go." : "The review was made.",
        );
        router.push(reviewHref(slug, week));
      },
      onError: (error) => void toast.error(errorSentence(error)),
      onSettled: () => queries.invalidateQueries(trpc.reviews.pathFilter()),
    }),
  );
  return (
    <Button disabled={make.isPending} onClick={() => make.mutate()}>
      {make.isPending ? "Taking the figures …" : "Make last week's review now"}
    </Button>
  );
}

export function Reviews() {
  const { slug, timeZone } = useTenant();
  const names = useMemberNames();
  const list = useQuery(useTRPC().reviews.list.queryOptions());
  const mayMake = useRight("reviews:manage");
  const isMissing = list.data?.reviews.every(({ week }) => week !== list.data.lastWeek) ?? false;
  const makeNow = mayMake && isMissing && <MakeNow />;
  return (
    <>
      <PageHeader
        title="Weekly review"
        hint={`Each Monday at 08:00 (${timeZone}) last week's figures are frozen, and somebody walks through them in a quarter of an hour.`}
      >
        {list.data !== undefined && list.data.reviews.length > 0 && makeNow}
      </PageHeader>
      <div className="space-y-5">
        <Card>
          <CardHeader title="Reviews so far" hint="Their figures stay as they were taken, whatever comes later." />
          {list.isError ? (
            <Failure error={list.error} onRetry={() => void list.refetch()} />
          ) : (
            <ReportTable
              caption="Weekly reviews, the newest first"
              rows={list.data?.reviews}
              keyOf={({ week }) => week}
              name={nameColumn(slug, names)}
              columns={reviewColumns}
              empty={
                <EmptyState icon={ClipboardCheck} title="No review yet" action={makeNow === false ? undefined : makeNow}>
                  The first one comes on the Monday after your first call: what was spent against the forecast, what grew,
                  the ten dearest calls, incidents, budgets and what is missing.
                </EmptyState>
              }
            />
          )}
        </Card>
        {list.data && <OwnerCard owner={list.data.owner} />}
      </div>
    </>
  ); // prettier-ignore
}
