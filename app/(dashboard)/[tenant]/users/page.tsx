import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { breakdownQuestion, loadOrder } from "../_reports/order";
import { loadScope } from "../_scope/params";
import { ScopeProvider } from "../_scope/use-scope";
import { peopleOf, usersOffers } from "./offers";
import { dearestQuestion, spreadQuestion } from "./questions";
import { Users } from "./users";

export const metadata: Metadata = { title: "Users" };

interface UsersPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function UsersPage({ params, searchParams }: UsersPageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  const scope = await loadScope(searchParams, now, tenant.timeZone, usersOffers);
  const { order } = await loadOrder(searchParams);
  const by = peopleOf(scope);
  await Promise.allSettled([
    queryClient.query(trpc.reports.userSpread.queryOptions(spreadQuestion(scope, by))),
    queryClient.query(trpc.reports.breakdown.queryOptions(dearestQuestion(scope, by))),
    queryClient.query(trpc.reports.breakdown.queryOptions(breakdownQuestion(scope, by, order))),
  ]);
  return (
    <Hydrate client={queryClient}>
      <ScopeProvider now={now.toISOString()} offers={usersOffers}>
        <Users />
      </ScopeProvider>
    </Hydrate>
  );
}
