"use client";

import { useQuery } from "@tanstack/react-query";
import { Failure } from "@/app/_components/failure";
import { Card } from "@/app/_components/ui/card";
import { useTRPC } from "@/app/_trpc/client";
import { PageHeader } from "../_components/page-header";
import { HoursCard } from "../_reports/hours-card";
import { live } from "../_reports/live";
import { ReportFrame } from "../_reports/report-frame";
import { useScope } from "../_scope/use-scope";
import { UnpricedModels } from "../models/unpriced-models";
import { LazyAhead } from "./_ahead/lazy-ahead";
import { GrowthCard } from "./growth-card";
import { NoCallsYet } from "./no-calls-yet";
import { windowsQuestion } from "./questions";
import { RoughlyPriced } from "./roughly-priced";
import { SpendCard } from "./spend-card";
import { UntaggedNote } from "./untagged-note";
import { WindowCard } from "./window-card";
import { WindowTile } from "./window-tile";
import { windowsShown } from "./windows";

export function Overview() {
  const trpc = useTRPC();
  const { scope } = useScope();
  const windows = useQuery(trpc.reports.windows.queryOptions(windowsQuestion(scope, "last30"), live));
  const status = useQuery(trpc.onboarding.status.queryOptions(undefined, { refetchInterval: 60_000 }));
  if (status.data?.firstCallAt === null) {
    return (
      <>
        <PageHeader title="Overview" />
        <NoCallsYet />
      </>
    );
  }
  const total = windows.data?.total;
  return (
    <ReportFrame title="Overview" watermark={windows.data?.watermark} interval>
      {windows.isError ? (
        <Card>
          <Failure error={windows.error} onRetry={() => void windows.refetch()} className="py-6" />
        </Card>
      ) : (
        <div className="grid gap-4 md:grid-cols-2">
          {windowsShown.map((window) => (
            <WindowTile
              key={window.days}
              window={window}
              total={total}
              firstCallAt={status.data?.firstCallAt ?? null}
            />
          ))}
        </div>
      )}
      <LazyAhead />
      <SpendCard />
      <UnpricedModels />
      <RoughlyPriced />
      <UntaggedNote total={total} />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        {windowsShown.map((window) => (
          <WindowCard key={window.days} window={window} />
        ))}
        <GrowthCard groupBy="feature" />
        <GrowthCard groupBy="team" />
      </div>
      <HoursCard />
    </ReportFrame>
  );
}
