import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { env } from "@/server/env";
import { loadScope } from "../../_scope/params";
import { ScopeProvider } from "../../_scope/use-scope";
import { loadMarginParams, marginOffers, marginQuestion } from "../people/margin-params";
import { MarginScreen } from "../people/margin-screen";

export const metadata: Metadata = { title: "Margin" };

interface MarginPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function MarginPage({ params, searchParams }: MarginPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  const scope = await loadScope(searchParams, now, tenant.timeZone, marginOffers);
  const question = marginQuestion(scope, await loadMarginParams(searchParams));
  await Promise.allSettled([
    queryClient.query(trpc.reports.margin.queryOptions(question)),
    queryClient.query(trpc.reports.plans.queryOptions()),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={marginOffers}>
        <MarginScreen baseUrl={env.NEXTAUTH_URL.replace(/\/+$/, "")} />
      </ScopeProvider>
    </Hydrate>
  );
}
