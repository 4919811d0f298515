import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { env } from "@/server/env";
import { Budgets } from "./budgets";

export const metadata: Metadata = { title: "Budgets" };

export default async function BudgetsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("budgets:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.budgets.list.queryOptions()),
    queryClient.query(trpc.gate.balances.queryOptions()),
    queryClient.query(trpc.gate.settings.queryOptions()),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Budgets now={now.toISOString()} baseUrl={env.NEXTAUTH_URL.replace(/\/+$/, "")} />
    </Hydrate>
  );
}
