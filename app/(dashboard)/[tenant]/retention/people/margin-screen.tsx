"use client";

import { useQuery } from "@tanstack/react-query";
import { Scale } from "lucide-react";
import { useQueryStates } from "nuqs";
import { useState } from "react";
import { Failure } from "@/app/_components/failure";
import { ReportTable } from "@/app/_components/tables/report-table";
import { Card, CardHeader } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Segmented } from "@/app/_components/ui/segmented";
import { formatCount, plural } from "@/app/_format/quantities";
import { type Outputs, useTRPC } from "@/app/_trpc/client";
import type { MarginRow } from "@/server/analytics/people/margin";
import type { marginOrders } from "@/server/analytics/people/people-schemas";
import { CsvButton } from "../../_export/csv-button";
import { useTenant } from "../../_components/tenant-context";
import { WatermarkBadge } from "../../_components/watermark-badge";
import { live } from "../../_reports/live";
import { ScopeBar } from "../../_scope/scope-bar";
import { useScope } from "../../_scope/use-scope";
import { IdentifyTeaches } from "./identify-teaches";
import { marginColumns, marginName, marginWords } from "./margin-columns";
import { marginParams, marginQuestion, marginRows } from "./margin-params";
import { MarginTiles } from "./margin-tiles";
import { PlansCard } from "./plans-card";

const groupings = [
  { value: "user", label: "Users" },
  { value: "account", label: "Accounts" },
  { value: "plan", label: "Plans" },
] as const;
const shown = [
  { value: "all", label: "All" },
  { value: "losing", label: "Unprofitable" },
  { value: "unknown", label: "Unknown revenue" },
  { value: "idle", label: "Pay, no calls" },
] as const;

/** Whose word the revenue of accounts is. */
const billedWords = (from: Outputs["reports"]["margin"]["revenueFrom"] | undefined) =>
  from ? ` Of ${plural(from.accounts, "account")} it is what Stripe’s subscriptions say instead.` : "";

/** @param baseUrl where apps reach the deployment */
export function MarginScreen({ baseUrl }: { baseUrl: string }) {
  const { slug } = useTenant();
  const { scope, params, now } = useScope();
  const [choice, setChoice] = useQueryStates(marginParams);
  const [limit, setLimit] = useState(marginRows);
  const question = marginQuestion(scope, choice, limit);
  const query = useQuery(useTRPC().reports.margin.queryOptions(question, live));
  const { data } = query;
  const { by, show, order } = choice;
  const { nouns } = marginWords[by];
  const isUntold = data?.total.known.users === 0 && show === "all";
  return (
    <>
      <ScopeBar>{data && <WatermarkBadge watermark={data.watermark} now={now} />}</ScopeBar>
      <div className="space-y-4">
        {!query.isError && <MarginTiles total={data?.total} />}
        <Card>
          <CardHeader
            title="Revenue against cost"
            hint={`Revenue is the MRR that apps told last, evenly over the days of each month, from sign-up until now.${billedWords(data?.revenueFrom)} Unknown revenue is not nothing: it is in no margin.`}
          >
            <div className="flex w-full min-w-0 flex-wrap items-center gap-2 xl:w-auto">
              <Segmented label="By" value={by} options={groupings} onChange={(next) => void setChoice({ by: next })} />
              <Segmented label="Show" value={show} options={shown} onChange={(next) => void setChoice({ show: next })} className="max-w-full overflow-x-auto" />
              <CsvButton table="margin" input={question} of={`margins by ${by}`} />
            </div>
          </CardHeader>
          {query.isError ? (
            <Failure error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <ReportTable<MarginRow, (typeof marginOrders)[number]>
              caption={`Revenue and cost by ${by}`}
              rows={data?.rows}
              keyOf={({ key }) => key ?? ""}
              name={marginName(slug, by, params)}
              columns={marginColumns(data)}
              sort={{ order, onSort: (next) => void setChoice({ order: next }) }}
              {...(show === "all" && {
                total: {
                  label: data ? `All ${formatCount(data.groups)} ${nouns[1]}, and calls without a user` : "Total",
                  unpricedCalls: data?.total.unpricedCalls,
                },
              })}
              paging={{
                of: data?.groups ?? 0,
                nouns,
                onMore: () => setLimit((rows) => Math.min(10_000, rows + 4 * marginRows)),
                isLoading: query.isFetching,
              }}
              isStale={query.isPlaceholderData}
              empty={
                <EmptyState icon={Scale} title={`No ${nouns[1]} here`} className="py-8">
                  {show === "all"
                    ? "Nobody has a call in this range, and nobody is known to pay. Send a userId with each call, and say what users pay."
                    : "None in this range."}
                </EmptyState>
              }
            />
          )}
          {isUntold && <IdentifyTeaches baseUrl={baseUrl} />}
        </Card>
        <PlansCard />
      </div>
    </>
  ); // prettier-ignore
}
