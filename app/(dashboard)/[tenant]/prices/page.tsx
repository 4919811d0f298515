import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Feeds } from "./feeds";
import { Notices } from "./notices";
import { PricesHeader } from "./prices-header";
import { UsedModels } from "./used-models";

export const metadata: Metadata = { title: "Prices" };

export default async function PricesPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient, now } = await openPage((await params).tenant);
  if (!tenant.rights.includes("prices:read")) notFound();
  await Promise.allSettled([
    queryClient.query(trpc.prices.list.queryOptions()),
    queryClient.query(trpc.prices.notices.queryOptions()),
    queryClient.query(trpc.prices.feeds.queryOptions()),
  ]);
  return (
    <Hydrate client={queryClient}>
      <PricesHeader now={now.toISOString()} />
      <div className="space-y-4">
        <Notices />
        <UsedModels />
        <Feeds now={now.toISOString()} />
      </div>
    </Hydrate>
  );
}
