import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { env } from "@/server/env";
import { loadValueParams, valueQuestion } from "./search-params";
import { Value } from "./value";

export const metadata: Metadata = { title: "Value of features" };

interface ValuePageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ValuePage({ params, searchParams }: ValuePageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  const question = valueQuestion(await loadValueParams(searchParams));
  await Promise.allSettled([
    queryClient.query(trpc.reports.featureValue.queryOptions(question)),
    queryClient.query(trpc.reports.unmatchedFeatures.queryOptions()),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Value now={now.toISOString()} baseUrl={env.NEXTAUTH_URL.replace(/\/+$/, "")} />
    </Hydrate>
  );
}
