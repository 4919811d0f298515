import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { env } from "@/server/env";
import { StripeSettings } from "./stripe-settings";

export const metadata: Metadata = { title: "Stripe settings" };

export default async function StripeSettingsPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("billing:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.billing.show.queryOptions()),
    queryClient.query(trpc.billing.unmapped.queryOptions()),
    queryClient.query(trpc.billing.revenue.queryOptions()),
    ...(tenant.rights.includes("members:read") ? [queryClient.query(trpc.members.list.queryOptions())] : []),
  ]);
  return (
    <Hydrate client={queryClient}>
      <StripeSettings baseUrl={env.NEXTAUTH_URL.replace(/\/+$/, "")} now={now.toISOString()} />
    </Hydrate>
  );
}
