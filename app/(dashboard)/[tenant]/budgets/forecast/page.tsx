import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { loadSubject } from "../search-params";
import { subjectName } from "../words";
import { SubjectForecast } from "./subject-forecast";

interface ForecastPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export async function generateMetadata({ searchParams }: ForecastPageProps): Promise<Metadata> {
  const subject = await loadSubject(searchParams);
  return { title: subject ? `Forecast of ${subjectName(subject)}` : "Forecast" };
}

export default async function ForecastPage({ params, searchParams }: ForecastPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const subject = await loadSubject(searchParams);
  if (!tenant.rights.includes("budgets:read") || !subject) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.budgets.forecast.queryOptions({ subject })),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <SubjectForecast subject={subject} now={now.toISOString()} />
    </Hydrate>
  );
}
