import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { Hydrate } from "@/app/_trpc/hydrate";
import { openPage } from "@/app/_trpc/server";
import { Plans } from "./plans";

export const metadata: Metadata = { title: "Rate plans" };

export default async function PlansPage({ params }: { params: Promise<{ tenant: string }> }) {
  const { tenant, trpc, queryClient } = await openPage((await params).tenant);
  if (!tenant.rights.includes("reports:read")) notFound();
  await queryClient.query(trpc.invoices.plans.queryOptions()).catch(() => undefined);
  return (
    <Hydrate client={queryClient}>
      <Plans />
    </Hydrate>
  );
}
