import type { SearchParams } from "nuqs/server";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Coverage } from "./coverage";
import { coverageQuestions } from "./questions";
import { coverageOffers, loadCoverageParams } from "./search-params";

interface CoveragePageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function CoveragePage({ params, searchParams }: CoveragePageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("attribution:read")) notFound();
  const { tag } = await loadCoverageParams(searchParams);
  const scope = await loadScope(searchParams, now, tenant.timeZone, coverageOffers);
  const questions = coverageQuestions(scope, tag);
  await Promise.allSettled([
    queryClient.query(trpc.reports.coverage.queryOptions(questions.coverage)),
    queryClient.query(trpc.reports.retryTax.queryOptions(questions.retryTax)),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={coverageOffers}>
        <Coverage />
      </ScopeProvider>
    </Hydrate>
  );
}
