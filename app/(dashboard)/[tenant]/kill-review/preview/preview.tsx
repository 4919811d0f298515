"use client";

import { useQuery } from "@tanstack/react-query";
import { Scissors } from "lucide-react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Callout } from "@/app/_components/ui/callout";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Link } from "@/app/_components/ui/link";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../../_components/page-header";
import { useTenant } from "../../_components/tenant-context";
import { BottomFeature } from "../[month]/bottom-feature";
import { featureColumns, nameColumn } from "../[month]/feature-columns";
import { callsOf, monthWords } from "../[month]/kill-review";
import KillReviewLoading from "../[month]/loading";
import { monthName } from "../words";

/** The running month as if it ended now; nothing can be decided on it. */
export function Preview() {
  const { slug } = useTenant();
  const answer = useQuery(useTRPC().killReview.preview.queryOptions());
  if (answer.isError) return <Failure error={answer.error} onRetry={() => void answer.refetch()} />;
  if (answer.isPending) return <KillReviewLoading />;
  const { data } = answer;
  return (
    <>
      <Link href={`/${slug}/kill-review`} className="mb-2 inline-block text-sm text-ink-muted hover:text-ink">
        All kill reviews
      </Link>
      <PageHeader title={data ? `Preview of ${monthName(data.month)}` : "Preview"} />
      {data ? (
        <div className="space-y-5">
          <Callout>
            As if the month ended today: all of it may still change, and nothing of it is kept.
          </Callout>
          <Card>
            <CardHeader title="Used least so far" hint={monthWords(data.figures, data.items.length)} />
            {data.items
              .filter(({ isBottom }) => isBottom)
              .map((item) => (
                <BottomFeature
                  key={item.feature}
                  item={item}
                  href={callsOf(slug, data.month, item.feature)}
                />
              ))}
          </Card>
          <Card>
            <CardHeader title="All features" hint="The least used first." />
            <ReportTable
              caption="Features by uses so far, the least used first"
              rows={data.items}
              keyOf={({ feature }) => feature}
              name={nameColumn(null)}
              columns={featureColumns}
              empty={
                <p className="border-t px-4 py-4 text-sm text-ink-muted sm:px-5">
                  No call carried a feature.
                </p>
              }
            />
          </Card>
        </div>
      ) : (
        <Card>
          <EmptyState icon={Scissors} title="Nothing to preview yet">
            Once calls or usage events carry a feature, this shows which are used least and what they cost.
          </EmptyState>
        </Card>
      )}
    </>
  );
}
