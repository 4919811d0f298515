import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { pages } from "@/app/_trpc/pages";
import { openPage } from "@/app/_trpc/server";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { Calls } from "./calls";
import { callsOffers, callsQuestion, lateQuestion, loadCallsParams, topQuestion } from "./search-params";

export const metadata: Metadata = { title: "Calls" };

interface CallsPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function CallsPage({ params, searchParams }: CallsPageProps) {
  const { tenant, trpc, caller, queryClient, now } = await openPage((await params).tenant);
  const { show, order, window } = await loadCallsParams(searchParams);
  const scope = await loadScope(searchParams, now, tenant.timeZone, callsOffers);
  const question =
    show === "late" ? lateQuestion(scope, tenant.latencyBufferMinutes) : callsQuestion(scope, order);
  await Promise.allSettled([
    queryClient.query(trpc.calls.quarantineCount.queryOptions()),
    show === "kept-out"
      ? queryClient.query(trpc.calls.quarantine.queryOptions())
      : show === "top"
        ? queryClient.query(trpc.calls.outliers.queryOptions(topQuestion(scope, window)))
        : queryClient.infiniteQuery(
            pages(trpc.calls.list.queryKey(question), (cursor) => caller.calls.list({ ...question, cursor })),
          ),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={callsOffers}>
        <Calls now={now.toISOString()} />
      </ScopeProvider>
    </Hydrate>
  );
}
