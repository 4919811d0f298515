import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { breakdownQuestion, loadOrder, trendQuestion } from "../_reports/order";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Teams } from "./teams";

export const metadata: Metadata = { title: "Teams" };

interface TeamsPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function TeamsPage({ params, searchParams }: TeamsPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const scope = await loadScope(searchParams, now, tenant.timeZone);
  const { order } = await loadOrder(searchParams);
  await Promise.allSettled([
    queryClient.query(trpc.reports.breakdown.queryOptions(breakdownQuestion(scope, "team", order))),
    queryClient.query(trpc.reports.trend.queryOptions(trendQuestion(scope, "team"))),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()}>
        <Teams />
      </ScopeProvider>
    </Hydrate>
  );
}
