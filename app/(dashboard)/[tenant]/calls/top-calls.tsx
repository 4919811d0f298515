"use client";

import { useQuery } from "@tanstack/react-query";
import { ReceiptText } from "lucide-react";
import { parseAsString, useQueryState } from "nuqs";
import { Failure } from "@/app/_components/failure";
import { Callout } from "@/app/_components/ui/callout";
import { Card } from "@/app/_components/ui/card";
import { EmptyState } from "@/app/_components/ui/empty-state";
import { Segmented } from "@/app/_components/ui/segmented";
import { ReportTable } from "@/app/_components/tables/report-table";
import { useTRPC } from "@/app/_trpc/client";
import { CsvButton } from "../_export/csv-button";
import { live } from "../_reports/live";
import { AddFilter } from "../_scope/add-filter";
import { FilterChips } from "../_scope/filter-chips";
import { tagLabels } from "../_scope/filters";
import { useScope } from "../_scope/use-scope";
import { CallDrawer } from "./call-drawer";
import { notHeeded, topQuestion, type TopWindow } from "./search-params";
import { type TopCall, topColumns, topHead } from "./top-columns";
import { TopSummary } from "./top-summary";

const windows = [
  { value: "24h", label: "24 hours", title: "The last 24 hours" },
  { value: "7d", label: "7 days", title: "The last 7 days" },
] as const;

interface TopCallsProps {
  window: TopWindow;
  onWindow: (window: TopWindow) => void;
}

/** The dearest calls of the last hours, each against what a call of its feature usually costs. */
export function TopCalls({ window, onWindow }: TopCallsProps) {
  const { scope, now } = useScope();
  const [callId, setCallId] = useQueryState("call", parseAsString.withOptions({ history: "push" }));
  const question = topQuestion(scope, window);
  const query = useQuery(useTRPC().calls.outliers.queryOptions(question, live));
  const { data } = query;
  const unheeded = notHeeded(scope).map(({ tag }) => tagLabels[tag]);
  const open = (id: string) => void setCallId(id);
  return (
    <>
      <section aria-label="Scope" className="mb-4 space-y-2">
        <div className="flex flex-wrap items-center gap-2">
          <Segmented label="Window" value={window} options={windows} onChange={onWindow} />
          <AddFilter />
          <div className="ml-auto">
            <CsvButton table="outliers" input={question} of="the dearest calls" />
          </div>
        </div>
        <FilterChips />
        {unheeded.length > 0 && (
          <Callout tone="warn">
            Not applied to this list: <span className="font-medium">{unheeded.join(", ")}</span>
          </Callout>
        )}
      </section>
      {data && <TopSummary answer={data} />}
      <Card>
        {query.isError ? (
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <ReportTable<TopCall>
            caption="The dearest calls, the dearest first"
            rows={data?.calls}
            keyOf={({ id }) => id}
            name={{ header: "Feature", of: (call) => topHead(call, open) }}
            columns={topColumns(scope.timeZone, now)}
            isStale={query.isPlaceholderData}
            empty={
              <EmptyState icon={ReceiptText} title="No priced calls">
                No call of the last {window === "24h" ? "24 hours" : "7 days"} has a price and matches. Take a
                longer window, or a filter away.
              </EmptyState>
            }
          />
        )}
      </Card>
      <CallDrawer id={callId} onClose={() => void setCallId(null)} />
    </>
  );
}
