import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { env } from "@/server/env";
import { ThrottleList } from "../people/throttle-list";
import { loadThrottleParams, throttleQuestion } from "../people/throttle-params";

export const metadata: Metadata = { title: "Throttle list" };

interface ThrottlePageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function ThrottlePage({ params, searchParams }: ThrottlePageProps) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  const { show } = await loadThrottleParams(searchParams);
  await Promise.allSettled([queryClient.query(trpc.reports.throttle.queryOptions(throttleQuestion(show)))]);
  return (
    <Hydrate client={queryClient}>
      <ThrottleList baseUrl={env.NEXTAUTH_URL.replace(/\/+$/, "")} />
    </Hydrate>
  );
}
