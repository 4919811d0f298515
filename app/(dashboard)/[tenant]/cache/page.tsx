import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { overTimeQuestions } from "../_reports/figures-over-time";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Cache } from "./cache";
import { cacheOffers, cacheQuestion, loadCacheParams } from "./search-params";

export const metadata: Metadata = { title: "Cache" };

interface CachePageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function CachePage({ params, searchParams }: CachePageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const scope = await loadScope(searchParams, now, tenant.timeZone, cacheOffers);
  const { order } = await loadCacheParams(searchParams);
  const { trend, spend, before } = overTimeQuestions(scope);
  await Promise.allSettled([
    queryClient.query(trpc.reports.cache.queryOptions(cacheQuestion(scope, order))),
    queryClient.query(trpc.reports.trend.queryOptions(trend)),
    ...[spend, before].map((question) =>
      question ? queryClient.query(trpc.reports.spend.queryOptions(question)) : null,
    ),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={cacheOffers}>
        <Cache />
      </ScopeProvider>
    </Hydrate>
  );
}
