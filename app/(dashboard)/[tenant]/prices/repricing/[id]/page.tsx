import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { RunDetails } from "./run-details";

export const metadata: Metadata = { title: "Repricing" };

export default async function RepricingPage({ params }: { params: Promise<{ tenant: string; id: string }> }) {
  const { tenant: slug, id } = await params;
  const { tenant, trpc, queryClient, now } = await openPage(slug);
  if (!tenant.rights.includes("prices:read")) notFound();
  await Promise.allSettled([queryClient.query(trpc.repricing.show.queryOptions({ id }))]);
  return (
    <Hydrate client={queryClient}>
      <RunDetails id={id} now={now.toISOString()} />
    </Hydrate>
  );
}
