"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Card } from "@/app/_components/ui/card";
import { useTRPC } from "@/app/_trpc/client";
import { FiguresTrendCard } from "../_reports/figures-trend-card";
import { HoursCard } from "../_reports/hours-card";
import { live } from "../_reports/live";
import { ReportFrame } from "../_reports/report-frame";
import { RetryTaxCard } from "../attribution/retry-tax-card";
import { useScope } from "../_scope/use-scope";
import { ClassesCard } from "./classes-card";
import { ErrorTiles } from "./error-tiles";
import { FailuresTrendCard } from "./failures-trend-card";
import { retryCostMeasure } from "./measures";
import { errorsQuestion, failedReport } from "./questions";
import { RatesCard } from "./rates-card";

export function Errors() {
  const { scope, params, set } = useScope();
  const by = params.by === "model" ? "model" : "feature";
  const query = useQuery(useTRPC().reports.errors.queryOptions(errorsQuestion(scope), live));
  const { data, isPlaceholderData } = query;
  return (
    <ReportFrame title="Errors and retries" watermark={data?.watermark} interval>
      {query.isError ? (
        <Card>
          <Failure error={query.error} onRetry={() => void query.refetch()} />
        </Card>
      ) : (
        <>
          <ErrorTiles total={data?.total} />
          <ClassesCard data={data} isStale={isPlaceholderData} />
        </>
      )}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <RetryTaxCard question={scope.report} />
        <FiguresTrendCard
          title="Cost of retries over time"
          measure={retryCostMeasure}
          shape="bars"
          note="Of attempts beyond the first that have a price; the others are in no amount."
        />
      </div>
      {!query.isError && (
        <RatesCard
          data={data}
          isStale={isPlaceholderData}
          by={by}
          onBy={(value) => set({ by: value === "feature" ? null : value })}
        />
      )}
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <FailuresTrendCard />
        <HoursCard
          title="Failed calls by hour of the week"
          measure="calls"
          label="Failed calls in such hours"
          report={failedReport(scope)}
        />
      </div>
    </ReportFrame>
  );
}
