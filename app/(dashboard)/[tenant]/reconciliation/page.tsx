import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Reconciliation } from "./reconciliation";
import { loadReconciliationParams, monthOf } from "./search-params";

export const metadata: Metadata = { title: "Reconciliation" };

interface Props {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ReconciliationPage({ params, searchParams }: Props) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  const month = monthOf((await loadReconciliationParams(searchParams)).month, now, tenant.timeZone);
  await Promise.allSettled([
    queryClient.query(trpc.reconciliation.customers.queryOptions({ month })),
    queryClient.query(trpc.statements.months.queryOptions()),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Reconciliation now={now.toISOString()} />
    </Hydrate>
  );
}
