import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Rules } from "./rules";
import { loadNewRuleParams } from "./search-params";

export const metadata: Metadata = { title: "Attribution rules" };

interface RulesPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

/** `?field=&value=&sets=` opens a new rule about those calls. */
export default async function RulesPage({ params, searchParams }: RulesPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("attribution:read")) notFound();
  const { field, value, sets } = await loadNewRuleParams(searchParams);
  await Promise.allSettled([
    queryClient.query(trpc.attribution.rules.queryOptions({})),
    queryClient.query(trpc.attribution.runs.queryOptions()),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
    ...(tenant.rights.includes("keys:read") ? [queryClient.query(trpc.keys.list.queryOptions())] : []),
  ]);
  const asked = field !== null && value !== null ? { field, value, sets: sets ?? "feature" } : null;
  return (
    <Hydrate client={queryClient}>
      <Rules now={now.toISOString()} asked={asked} />
    </Hydrate>
  );
}
