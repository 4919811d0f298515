import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { env } from "@/server/env";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Cohorts } from "./cohorts";
import { cohortsOffers, cohortsQuestion, loadCohortsParams } from "./search-params";

interface RetentionPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function RetentionPage({ params, searchParams }: RetentionPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  const scope = await loadScope(searchParams, now, tenant.timeZone, cohortsOffers);
  const { grain } = await loadCohortsParams(searchParams);
  await Promise.allSettled([
    queryClient.query(trpc.reports.retention.queryOptions(cohortsQuestion(scope, grain))),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={cohortsOffers}>
        <Cohorts baseUrl={env.NEXTAUTH_URL.replace(/\/+$/, "")} />
      </ScopeProvider>
    </Hydrate>
  );
}
