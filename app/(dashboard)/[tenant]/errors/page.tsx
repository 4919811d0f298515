import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { overTimeQuestions } from "../_reports/figures-over-time";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Errors } from "./errors";
import { errorsOffers } from "./offers";
import { errorsQuestion, failuresTrendQuestion } from "./questions";

export const metadata: Metadata = { title: "Errors and retries" };

interface ErrorsPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ErrorsPage({ params, searchParams }: ErrorsPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const scope = await loadScope(searchParams, now, tenant.timeZone, errorsOffers);
  const { trend, spend, before } = overTimeQuestions(scope);
  await Promise.allSettled([
    queryClient.query(trpc.reports.errors.queryOptions(errorsQuestion(scope))),
    queryClient.query(trpc.reports.retryTax.queryOptions(scope.report)),
    queryClient.query(trpc.reports.trend.queryOptions(failuresTrendQuestion(scope))),
    queryClient.query(trpc.reports.trend.queryOptions(trend)),
    ...[spend, before].map((question) =>
      question ? queryClient.query(trpc.reports.spend.queryOptions(question)) : null,
    ),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={errorsOffers}>
        <Errors />
      </ScopeProvider>
    </Hydrate>
  );
}
