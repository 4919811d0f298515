import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Runs } from "./runs";
import { loadRunsParams, runsOffers, runsQuestion } from "./search-params";

interface RunsPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ searchParams }: RunsPageProps): Promise<Metadata> {
  const { run } = await loadRunsParams(searchParams);
  return { title: run === null ? "Runs" : `Run ${run}` };
}

export default async function RunsPage({ params, searchParams }: RunsPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const scope = await loadScope(searchParams, now, tenant.timeZone, runsOffers);
  const { order, run } = await loadRunsParams(searchParams);
  await Promise.allSettled([
    run === null
      ? queryClient.query(trpc.reports.runs.queryOptions(runsQuestion(scope, order)))
      : queryClient.query(trpc.reports.run.queryOptions({ runId: run })),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={runsOffers}>
        <Runs />
      </ScopeProvider>
    </Hydrate>
  );
}
