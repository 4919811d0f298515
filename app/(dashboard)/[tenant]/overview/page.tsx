import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Overview } from "./overview";
import { breakdowns, overviewQuestions } from "./questions";
import { loadOverviewParams } from "./search-params";

export const metadata: Metadata = { title: "Overview" };

interface OverviewPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function OverviewPage({ params, searchParams }: OverviewPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const { range } = await loadOverviewParams(searchParams);
  const questions = overviewQuestions(range, now, tenant.timeZone);
  const spend = [
    questions.daily,
    questions.total,
    ...questions.periods.flatMap((period) => [period.current, period.previous]),
    ...breakdowns.map((breakdown) => questions.breakdown(breakdown.groupBy)),
  ];
  await Promise.allSettled([
    queryClient.query(trpc.onboarding.status.queryOptions()),
    ...spend.map((question) => queryClient.query(trpc.reports.spend.queryOptions(question))),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Overview now={now.toISOString()} />
    </Hydrate>
  );
}
