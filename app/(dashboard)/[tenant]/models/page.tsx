import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { breakdownQuestion, loadOrder } from "../_reports/order";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Models } from "./models";
import { modelsOffers } from "./offers";
import { dearestQuestion, unpricedQuestion } from "./questions";

export const metadata: Metadata = { title: "Models" };

interface ModelsPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ModelsPage({ params, searchParams }: ModelsPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const scope = await loadScope(searchParams, now, tenant.timeZone, modelsOffers);
  const { order } = await loadOrder(searchParams);
  const groupBy = scope.groupBy ?? "model";
  await Promise.allSettled([
    queryClient.query(trpc.reports.breakdown.queryOptions(breakdownQuestion(scope, groupBy, order))),
    queryClient.query(trpc.reports.breakdown.queryOptions(dearestQuestion(scope, groupBy))),
    queryClient.query(trpc.reports.breakdown.queryOptions(unpricedQuestion(scope))),
    queryClient.query(trpc.reports.hours.queryOptions(scope.report)),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={modelsOffers}>
        <Models />
      </ScopeProvider>
    </Hydrate>
  );
}
