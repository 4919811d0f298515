import type { Metadata } from "next";
import { notFound } from "next/navigation";
import type { SearchParams } from "nuqs/server";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { loadStripeParams, scopeOf } from "./search-params";
import { Stripe } from "./stripe";

export const metadata: Metadata = { title: "Stripe" };

interface StripePageProps {
  params: Promise<{ tenant: string }>;
  searchParams: Promise<SearchParams>;
}

export default async function StripePage({ params, searchParams }: StripePageProps) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("billing:read")) notFound();
  const asked = await loadStripeParams(searchParams);
  await Promise.allSettled([
    queryClient.query(trpc.billing.show.queryOptions()),
    queryClient.query(trpc.billing.sums.queryOptions(scopeOf(asked))),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <Stripe now={now.toISOString()} />
    </Hydrate>
  );
}
