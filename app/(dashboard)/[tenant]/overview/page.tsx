import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { unpricedQuestion } from "../models/questions";
import { overviewOffers } from "./offers";
import { Overview } from "./overview";
import { growthQuestion, spendQuestions, untaggedQuestion, windowsQuestion } from "./questions";

export const metadata: Metadata = { title: "Overview" };

interface OverviewPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const scope = await loadScope(searchParams, now, tenant.timeZone, overviewOffers);
  const { reports, onboarding } = trpc;
  const untagged = untaggedQuestion(scope);
  await Promise.allSettled([
    queryClient.query(onboarding.status.queryOptions()),
    queryClient.query(reports.windows.queryOptions(windowsQuestion(scope, "last30"))),
    queryClient.query(reports.windows.queryOptions(windowsQuestion(scope, "last7"))),
    queryClient.query(reports.trend.queryOptions(spendQuestions(scope).question)),
    queryClient.query(reports.breakdown.queryOptions(unpricedQuestion(scope))),
    queryClient.query(reports.growth.queryOptions(growthQuestion(scope, "feature"))),
    queryClient.query(reports.growth.queryOptions(growthQuestion(scope, "team"))),
    queryClient.query(reports.hours.queryOptions(scope.report)),
    ...(untagged ? [queryClient.query(reports.windows.queryOptions(untagged))] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={overviewOffers}>
        <Overview />
      </ScopeProvider>
    </Hydrate>
  );
}
