import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Incidents } from "./incidents";
import { incidentsQuestion, loadIncidentsParams } from "./search-params";

export const metadata: Metadata = { title: "Alerts" };

interface AlertsPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function AlertsPage({ params, searchParams }: AlertsPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("alerts:read")) notFound();
  const { state } = await loadIncidentsParams(searchParams);
  await Promise.allSettled([
    queryClient.query(trpc.incidents.list.queryOptions(incidentsQuestion(state))),
    ...(state === null ? [] : [queryClient.query(trpc.incidents.list.queryOptions(incidentsQuestion(null)))]),
    queryClient.query(trpc.alerts.rules.queryOptions()),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Incidents now={now.toISOString()} />
    </Hydrate>
  );
}
