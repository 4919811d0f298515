import type { SearchParams } from "nuqs/server";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Coverage } from "./coverage";
import { coverageQuestions } from "./questions";
import { loadCoverageParams } from "./search-params";

interface CoveragePageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function CoveragePage({ params, searchParams }: CoveragePageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("attribution:read")) notFound();
  const { range, tag } = await loadCoverageParams(searchParams);
  const questions = coverageQuestions(range, tag, now, tenant.timeZone);
  await Promise.allSettled([
    queryClient.query(trpc.reports.coverage.queryOptions(questions.coverage)),
    queryClient.query(trpc.reports.retryTax.queryOptions(questions.retryTax)),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Coverage now={now.toISOString()} />
    </Hydrate>
  );
}
